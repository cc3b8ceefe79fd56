import type { Catalog } from "../../../catalog/catalog.ts";
import type { CatalogObject } from "../../../catalog/model.ts";
import { lastPart, qualify, quoteIdentifier, splitQualified } from "../../../catalog/quote-identifier.ts";
import { literal } from "../../../sql/literal.ts";
import { createAll } from "./create-all.ts";
import { describe } from "./describe-object.ts";
import { dropAll } from "./drop-all.ts";
import { dropObject } from "./drop-object.ts";
import { enumUsers, isTypedBy } from "./enum-users.ts";
import type { OriginText } from "./origin-text.ts";
import { cannot, exact, needsData, type ProposedStatement } from "./proposed.ts";
import { ownName, parentName } from "./sql-name.ts";

/**
 * Takes values out of an enum. PostgreSQL has no DROP VALUE: a type without them takes the place of the former one, and
 * every column moves over. A comment where something holds on to the type that cannot move.
 */
export function rebuildEnum(
  catalog: Catalog,
  now: CatalogObject<"type">,
  before: CatalogObject<"type">,
  originText: OriginText,
): ProposedStatement[] {
  const { retyped, defaulted, inTheWay, stuck } = enumUsers(catalog, now);
  if (stuck)
    return [
      cannot(
        `PostgreSQL has no DROP VALUE, and ${before.name} cannot be built anew here, for ${stuck.kind} ${stuck.name} uses it: the new value stays`,
      ),
    ];
  const create = exact(
    `CREATE TYPE ${before.name} AS ENUM (${(before.attributes.labels ?? []).map(literal).join(", ")})`,
  );
  // The new one is nobody's yet, and nobody has said anything of it.
  const made = [create, ...describe(now, {}, now.attributes).map(exact)];
  const columns = [...retyped, ...defaulted];
  if (columns.length === 0)
    return [...dropAll(inTheWay), dropObject(now), ...made, ...createAll(catalog, inTheWay, originText)];
  const former = unusedName(catalog, before.name);
  const tables = [...new Set(retyped.map(parentName))];
  const note = `PostgreSQL has no DROP VALUE: the type is built anew, which rewrites ${listed(tables)} under ACCESS EXCLUSIVE and fails while a row holds a new value`;
  const rename = `ALTER TYPE ${before.name} RENAME TO ${quoteIdentifier(lastPart(former))}`;
  const statements = [
    ...dropAll(inTheWay),
    tables.length > 0 ? needsData(rename, note) : exact(rename),
    ...made,
    ...[...new Set(columns.map(parentName))].map((table) => moveColumns(table, columns, now)),
    exact(`DROP TYPE ${former}`),
    ...createAll(catalog, inTheWay, originText),
  ];
  return statements.map((it) => ({ ...it, again: true as const }));
}

/** One statement for each table, so that it is rewritten once. */
function moveColumns(
  table: string,
  columns: readonly CatalogObject<"column">[],
  type: CatalogObject<"type">,
): ProposedStatement {
  const actions = columns
    .filter((column) => parentName(column) === table)
    .flatMap((column) => {
      const { type: written, default: value } = column.attributes;
      const name = ownName(column);
      const text = written.endsWith("[]") ? "text[]" : "text";
      const moves = isTypedBy(column, type)
        ? [`ALTER COLUMN ${name} TYPE ${written} USING ${name}::${text}::${written}`]
        : [];
      if (value === undefined) return moves;
      return [`ALTER COLUMN ${name} DROP DEFAULT`, ...moves, `ALTER COLUMN ${name} SET DEFAULT ${value}`];
    });
  const [only = "", ...more] = actions;
  const sql = `ALTER TABLE ${table}${more.length === 0 ? ` ${only}` : `\n    ${actions.join(",\n    ")}`}`;
  return { sql, confidence: "needs data" };
}

/** `mood_old`, or the next that is free. */
function unusedName(catalog: Catalog, name: string): string {
  const schema = splitQualified(name).slice(0, -1);
  for (let count = 1; ; count++) {
    const suffix = count === 1 ? "_old" : `_old${count}`;
    const wanted = qualify(...schema, lastPart(name).slice(0, 55) + suffix);
    const kinds = ["type", "domain", "table", "view", "materialized view", "sequence"];
    if (!kinds.some((kind) => catalog.has(`${kind} ${wanted}`))) return wanted;
  }
}

/** More names than these tell nobody anything. */
const most = 3;

function listed(names: readonly string[]): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(", ")} and ${rest} more` : names.join(", ");
}
