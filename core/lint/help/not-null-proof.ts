import { splitQualified } from "../../catalog/quote-identifier.ts";
import type { TableCommand } from "../facts/table-command.ts";
import type { StatementContext } from "../rule.ts";
import { freeName } from "./free-name.ts";

/** What proves that a column holds no NULL while others read and write: a NOT NULL constraint since 18, before it a CHECK. */
export interface NotNullProof {
  readonly column: string;
  /** Of new rows only. */
  readonly add: string;
  readonly validate: string;
  /** The CHECK, which is of no use once the column is NOT NULL; absent where the proof is what makes it so. */
  readonly drop?: string;
}

/** `column` as SQL spells it. */
export function notNullProof(
  { catalog, postgres }: StatementContext,
  { table }: Pick<TableCommand, "table">,
  column: string,
): NotNullProof {
  const since18 = postgres >= 18;
  const full = table.key.slice("table ".length);
  const name = freeName(catalog, full, splitQualified(column), since18 ? "not_null" : "set");
  const alter = `ALTER TABLE ${table.name}`;
  const condition = since18 ? `NOT NULL ${column}` : `CHECK (${column} IS NOT NULL)`;
  return {
    column,
    add: `${alter} ADD CONSTRAINT ${name} ${condition} NOT VALID;`,
    validate: `${alter} VALIDATE CONSTRAINT ${name};`,
    ...(!since18 && { drop: `${alter} DROP CONSTRAINT ${name};` }),
  };
}
