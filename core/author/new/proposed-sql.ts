import type { Layout, MigrationSql } from "../../migration/layout/layout.ts";
import type { Migration } from "../../migration/model.ts";
import type { FolderReading } from "../../migration/read-migrations.ts";
import { loadParser, parseSql } from "../../sql/parse.ts";
import { positionAt } from "../../sql/position-at.ts";
import { proposeDown } from "../down/propose-down.ts";
import { fenced } from "../fenced.ts";
import { readBack } from "../read-back.ts";
import { mustRunAlone } from "../same-transactions.ts";
import { fileHeader } from "./file-header.ts";

export interface ProposedSqlInput {
  readonly layout: Layout;
  /** The folder that the migration comes into, behind all others. */
  readonly reading: FolderReading;
  readonly version: string;
  readonly title: string;
  readonly postgres: number;
  /** SQL of the up (default: nothing yet). */
  readonly up: string | undefined;
  /** What the team opens its files with; see `fileHeader`. */
  readonly header?: string | undefined;
  readonly now: Date;
}

export type ProposedSql =
  | ({ readonly ok: true } & MigrationSql)
  | { readonly ok: false; readonly problem: string };

/** What the files of a new migration begin with: a header, the up where it is given, and its proposed inverse. */
export async function proposedSql(input: ProposedSqlInput): Promise<ProposedSql> {
  const { layout, reading, version, title, postgres, up, header, now } = input;
  const head = fileHeader(header, { version, title, direction: "up", now });
  const undo = fileHeader(header, { version, title, direction: "down", now });
  if (up === undefined) return { ok: true, up: `${head}\n`, down: `${undo}\n` };
  await loadParser();
  const { problem } = parseSql(up);
  if (problem) {
    const { line, column } = positionAt(up, problem.start);
    return { ok: false, problem: `${line}:${column}: ${problem.message}` };
  }
  const text = up.endsWith("\n") ? up : `${up}\n`;
  const name = layout.fileName(version, title, "up");
  const migration: Migration = {
    version,
    key: version,
    title,
    name: `${version}_${title}`,
    up: {
      direction: "up",
      file: { path: name, text, bom: false },
      start: 0,
      end: text.length,
      execution: reading.migrations.at(-1)?.up?.execution ?? { send: "whole", wrapped: false },
    },
    declarations: {},
  };
  const proposal = await proposeDown([...reading.migrations, migration], migration, postgres);
  const down = proposal?.text ?? "";
  const [composed] = readBack(layout, layout.compose(version, title, { up: text })).migrations;
  const isWhole = composed?.up?.execution.send === "whole";
  // Beside the header's own statements it would be in the transaction of their query.
  const above = (header: string, sql: string) =>
    isWhole && mustRunAlone(sql) ? commentLines(header) : header;
  return {
    ok: true,
    up: above(head, text) + fenced(text, layout.fence),
    down: above(undo, down) + fenced(down, layout.fence),
    untransacted: [
      ...(mustRunAlone(text) ? ["up" as const] : []),
      ...(mustRunAlone(down) ? ["down" as const] : []),
    ],
  };
}

function commentLines(text: string): string {
  return text
    .split("\n")
    .filter((line) => /^\s*(--|$)/.test(line))
    .join("\n");
}
