import { proposeDown } from "#core/author/down/propose-down.ts";
import { renamePlan } from "#core/author/rename-plan.ts";
import { parseConfig } from "#core/config/parse-config.ts";
import { resolveConfig } from "#core/config/resolve-config.ts";
import { configurableRules, everyRule } from "#core/every-rule.ts";
import { decode } from "#core/migration/decode.ts";
import { parseSql } from "#core/sql/parse.ts";
import { type Port, serve } from "../background/rpc.ts";
import { Folders } from "./folders.ts";
import { ignoreComment } from "./ignore-comment.ts";
import type { AnalysisMethods } from "./methods.ts";
import { proposalOf } from "./proposal-of.ts";
import { type ReadBase, renumbering } from "./renumbering.ts";
import { rulePage } from "./rule-page.ts";
import { schemaChange } from "./schema-change.ts";
import { statementLocks } from "./statement-locks.ts";
import { tokenRange } from "./token-range.ts";

/** Answers on a port, with the files of each folder in memory. `readBase`: how git is asked, where there is git. */
export function serveAnalysis(port: Port, readBase?: ReadBase): void {
  const folders = new Folders();

  serve<AnalysisMethods>(port, {
    readConfig({ text }) {
      const { values, problems, unread } = parseConfig(
        text,
        configurableRules.map((rule) => rule.name),
      );
      const { migrations } = values;
      return {
        config: resolveConfig(values),
        problems: problems.map(({ message, position }) => ({ message, range: tokenRange(text, position) })),
        ...(migrations === undefined ? {} : { migrations }),
        ...(unread ? { unread } : {}),
      };
    },
    lint: (input) => folders.lint(input),
    ignore({ id, file, ...request }) {
      const raw = folders.file(id, file);
      if (!raw) return undefined;
      const source = decode(raw).file;
      return ignoreComment({ file: source, parsed: parseSql(source.text), ...request });
    },
    async proposeDown({ id, version }) {
      const found = folders.find(id, version);
      const proposal = found && (await proposeDown(found.migrations, found.migration, found.config.postgres));
      return proposal && proposalOf(found.layout, found.migration, proposal);
    },
    async rename({ id, name, title }) {
      const reading = folders.reading(id);
      const migration = reading?.migrations.find((candidate) => candidate.name === name);
      if (!reading || !migration) return { ok: false, problem: `${name} is gone` };
      return renamePlan(reading, migration, title);
    },
    async renumber({ id, path }) {
      const reading = folders.reading(id);
      return reading ? renumbering(reading, await readBase?.(reading, path)) : { moves: [], stuck: [] };
    },
    async schemaChange({ id, version }) {
      const found = folders.find(id, version);
      return found && schemaChange(found.migrations, found.migration, found.config.postgres);
    },
    async locks({ id, version }) {
      const found = folders.find(id, version);
      return found ? statementLocks(found.migrations, found.migration, found.config.postgres) : [];
    },
    rules: () => everyRule.map(({ name, summary }) => ({ name, summary })),
    rulePage({ rule }) {
      const found = everyRule.find(({ name }) => name === rule);
      return found && rulePage(found);
    },
  });
}
