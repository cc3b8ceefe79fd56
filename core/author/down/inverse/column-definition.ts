import type { CatalogObject } from "../../../catalog/model.ts";
import { dictionary } from "../../../sql/dictionary.ts";
import { countingOptions } from "./counting-options.ts";
import { foreignList } from "./foreign-options.ts";
import { serialName } from "./serial-name.ts";
import { ownName } from "./sql-name.ts";

const serialTypes: Readonly<Record<string, string>> = dictionary({
  smallint: "smallserial",
  integer: "serial",
  bigint: "bigserial",
});

/** A column as CREATE TABLE and ADD COLUMN write it. `serials` are the columns whose sequence comes back with them. */
export function columnDefinition(
  column: CatalogObject<"column">,
  serials: ReadonlyMap<string, CatalogObject<"sequence">>,
): string {
  const { attributes: it } = column;
  const serial = !it.identity && serials.has(column.name) ? serialTypes[it.type] : undefined;
  if (serial) return `${ownName(column)} ${serial}`;
  return [
    ownName(column),
    it.type,
    it.storage && `STORAGE ${it.storage.toUpperCase()}`,
    it.compression && `COMPRESSION ${it.compression}`,
    foreignList(it.options) && `OPTIONS (${foreignList(it.options)})`,
    it.collation && `COLLATE ${it.collation}`,
    it.generated &&
      `GENERATED ALWAYS AS (${bare(it.generated)}) ${(it.generation ?? "stored").toUpperCase()}`,
    it.identity &&
      `GENERATED ${it.identity.toUpperCase()} AS IDENTITY${identityOptions(serials.get(column.name))}`,
    it.default && `DEFAULT ${it.default}`,
    it.notNull && "NOT NULL",
  ]
    .filter(Boolean)
    .join(" ");
}

/** pg_get_expr puts a generation expression in parentheses already. */
export function bare(expression: string): string {
  if (!expression.startsWith("(") || !expression.endsWith(")")) return expression;
  let depth = 0;
  for (let i = 0; i < expression.length - 1; i++) {
    if (expression[i] === "(") depth++;
    if (expression[i] === ")") depth--;
    if (depth === 0) return expression;
  }
  return expression.slice(1, -1);
}

/** How it counts; and its name, which stays when the table gets another. */
export function identityOptions(sequence: CatalogObject<"sequence"> | undefined): string {
  if (!sequence) return "";
  const { name, attributes } = sequence;
  const { ownedBy } = attributes;
  const isUsual = ownedBy === undefined || name === serialName(ownedBy);
  const options = [...(isUsual ? [] : [`SEQUENCE NAME ${name}`]), ...countingOptions(attributes)];
  return options.length === 0 ? "" : ` (${options.join(" ")})`;
}
