import { type Confidence, type ProposedDown, proposeDown } from "#core/author/down/propose-down.ts";
import { shellWord } from "#core/author/shell-word.ts";
import { encodingErrors } from "#core/lint/encoding-errors.ts";
import type { Migration, SourceFile } from "#core/migration/model.ts";
import { count } from "#core/report/text/count.ts";
import { splitStatements } from "#core/sql/splitter.ts";
import { type CannotRun, cannotRun, isCannotRun } from "../cannot-run.ts";
import { compareWithProposal } from "../down/compare-with-proposal.ts";
import { EngineAtHand } from "../down/engine-at-hand.ts";
import { proveProposal } from "../down/prove-proposal.ts";
import { realCatalogsOf, type Source } from "../down/real-catalogs-of.ts";
import { writeProposal } from "../down/write-proposal.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Flags } from "../grammar/request.ts";
import { type AuthorFolder, authorFolder, migrationOf } from "../input/author-folder.ts";
import { sqlFile } from "../input/check-input.ts";
import { withOrigin } from "../input/with-origin.ts";
import { interruption } from "../interrupt.ts";
import { print } from "../write-output.ts";

interface DownRequest {
  readonly words: readonly string[];
  readonly flags: Flags;
}

/** `switchback down`: the inverse of an up, printed, written, compared or proved. */
export async function proposedDown({ words, flags }: DownRequest): Promise<ExitCode | CannotRun> {
  const [version = "", path] = words;
  const asked = ["write", "check", "prove"].filter((name) => flags[name] === true);
  if (asked.includes("check") && asked.length > 1)
    return cannotRun("--check only compares\n  run it without --write and --prove");
  const target = await authorFolder(path, flags, process.cwd());
  if (isCannotRun(target)) return target;
  const prelude = sqlFile("prelude", target.config.prelude, target.cwd);
  if (prelude && isCannotRun(prelude)) return withOrigin(prelude, "prelude", flags, target.cwd);
  const signal = interruption();
  const url = typeof flags.url === "string" ? flags.url : undefined;
  const engine = new EngineAtHand({ ...target.config, url }, signal);
  try {
    return await propose(target, version, flags, { engine, prelude: prelude && { ...prelude, bom: false } });
  } catch (error) {
    if (!signal.aborted) throw error;
    await print(process.stderr, "switchback: interrupted\n");
    return exitCodes.interrupted;
  } finally {
    await engine.stop();
  }
}

interface Server {
  readonly engine: EngineAtHand;
  readonly prelude: SourceFile | undefined;
}

async function propose(
  target: AuthorFolder,
  version: string,
  flags: Flags,
  { engine, prelude }: Server,
): Promise<ExitCode | CannotRun> {
  const reading = target.read();
  if (isCannotRun(reading)) return reading;
  const migration = migrationOf(target, reading, version);
  if (isCannotRun(migration)) return migration;
  if (!migration.up) return cannotRun(`${migration.name} has no up, so there is nothing to undo`);
  const [unreadable] = encodingErrors(reading.encoding.filter(({ file }) => file === migration.up?.file));
  if (unreadable) return cannotRun(`${migration.up.file.path}: ${unreadable.message}\n  ${unreadable.help}`);
  const source: Source =
    flags.static === true
      ? { words: "the statements alone" }
      : await realCatalogsOf({ target, reading, migration }, engine, prelude);
  const { postgres } = target.config;
  const proposed = await proposeDown(reading.migrations, migration, postgres, source.catalogs);
  if (!proposed) return cannotRun(nothingToInvert(migration));
  const proposal = { target, reading, migration, proposed };
  if (flags.check === true) return compareWithProposal(proposal);
  if (flags.write !== true) await print(process.stdout, proposed.text);
  await print(process.stderr, `${confidence(proposed)}, from ${source.words}\n`);
  if (flags.prove === true) {
    const code = await proveProposal(proposal, engine, prelude);
    if (code !== exitCodes.clean) return code;
  }
  return flags.write === true ? writeProposal(proposal) : exitCodes.clean;
}

function nothingToInvert({ name, up }: Migration): string {
  if (up && splitStatements(up.file.text.slice(up.start, up.end)).length === 0)
    return `the up of ${name} holds no statement yet, so there is nothing to undo`;
  return `the up of ${name} holds no statement that can be read\n  switchback lint ${shellWord(up?.file.path ?? "")}`;
}

const words: Readonly<Record<Confidence, string>> = {
  exact: "exact",
  "needs data": "exact but for the rows",
  cannot: "to be undone by hand",
};

/** "3 statements exact, 1 to be undone by hand" */
function confidence({ statements }: ProposedDown): string {
  const kinds = Object.entries(words).map(([kind, say]) => ({
    say,
    size: statements.filter((it) => it.confidence === kind).length,
  }));
  const [first, ...others] = kinds.filter(({ size }) => size > 0);
  if (!first) return "nothing to undo";
  const rest = others.map(({ size, say }) => `, ${size} ${say}`);
  return `${count(first.size, "statement")} ${first.say}${rest.join("")}`;
}
