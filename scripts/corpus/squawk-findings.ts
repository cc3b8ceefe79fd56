import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import type { FolderReading } from "#core/migration/read-migrations.ts";
import { LineMap } from "#core/sql/line-map.ts";
import { corpusSets } from "./read-corpus-folder.ts";

/** What squawk says of one place; lines are 1-based. */
export interface SquawkFinding {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly rule: string;
}

/** Runs squawk with its defaults over the files of a real folder, and keeps what it says of ups. */
export function squawkFindings({ migrations }: FolderReading, postgres: number): SquawkFinding[] {
  const ups = new Map(
    migrations.flatMap(({ up }) => {
      if (!up) return [];
      const lines = new LineMap(up.file.text).range(up.start, up.end);
      return [[up.file.path, { from: lines.start.line, to: lines.end.line }] as const];
    }),
  );
  if (ups.size === 0) return [];
  const squawk = createRequire(import.meta.url).resolve("squawk-cli/js/bin/squawk");
  const run = spawnSync(
    process.execPath,
    [squawk, `--pg-version=${postgres}.0`, "--reporter", "json", ...ups.keys()],
    { cwd: corpusSets(), encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const found: { file: string; line: number; line_end: number; rule_name: string }[] = JSON.parse(run.stdout);
  return found.flatMap(({ file, line, line_end, rule_name }) => {
    const up = ups.get(file);
    // squawk counts lines from 0.
    const finding = { file, line: line + 1, endLine: line_end + 1, rule: rule_name };
    return up && up.from <= finding.line && finding.line <= up.to ? [finding] : [];
  });
}
