import type { Migration, Script, SourceFile } from "../migration/model.ts";
import { bookkeepingFor } from "./bookkeeping.ts";
import { dumpSql } from "./dump-sql.ts";

interface Ground {
  readonly layout: string;
  readonly migrations: readonly Migration[];
  readonly prelude?: SourceFile | undefined;
  readonly baseline?: SourceFile | undefined;
}

/**
 * What is there before the first migration: the runner's own table, where migrations speak of it, the prelude, and the
 * schema dump that stands for earlier migrations.
 */
export function preparations({ layout, migrations, prelude, baseline }: Ground): Script[] {
  const table = bookkeepingFor(layout, migrations);
  const dump = baseline && { ...baseline, text: dumpSql(baseline.text) };
  const dumped = table !== undefined && dump?.text.includes(table.path);
  return [dumped ? undefined : table, prelude, dump]
    .filter((file) => file !== undefined)
    .map((file) => ({
      direction: "up",
      file,
      start: 0,
      end: file.text.length,
      execution: { send: "whole", wrapped: false },
    }));
}
