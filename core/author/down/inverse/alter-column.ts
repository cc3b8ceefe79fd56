import type { Catalog } from "../../../catalog/catalog.ts";
import type { CatalogObject } from "../../../catalog/model.ts";
import { cutsSilently, holdsAll } from "../../../catalog/narrowing.ts";
import { usualStorage } from "../../../catalog/simulate/usual-storage.ts";
import { castsTo, isUserType } from "./casts-to.ts";
import { bare, identityOptions } from "./column-definition.ts";
import { countOn } from "./count-on.ts";
import { describe } from "./describe-object.ts";
import { foreignList, foreignOptions } from "./foreign-options.ts";
import { optionActions } from "./option-actions.ts";
import { exact, needsData, type ProposedStatement } from "./proposed.ts";
import { ownName, parentName } from "./sql-name.ts";

/** What the statement that changed a column tells beyond the two states of it. */
export interface ColumnClues {
  /** What the column lost with its identity. */
  readonly sequence?: CatalogObject<"sequence">;
  /** The constant of its USING … AT TIME ZONE. */
  readonly zone?: string;
}

/** A column that still exists, back to its former type, default, nullability and the like. */
export function alterColumn(
  catalog: Catalog,
  now: CatalogObject<"column">,
  before: CatalogObject<"column">,
  { sequence, zone }: ColumnClues = {},
): ProposedStatement[] {
  const [is, was] = [now.attributes, before.attributes];
  const name = ownName(before);
  const actions: string[] = [];
  const retyped = is.type !== was.type || is.collation !== was.collation;
  if (retyped) {
    if (is.default !== was.default && is.default) actions.push(`ALTER COLUMN ${name} DROP DEFAULT`);
    const collate = was.collation ? ` COLLATE ${was.collation}` : "";
    actions.push(
      `ALTER COLUMN ${name} TYPE ${was.type}${collate}${using(catalog, name, is.type, was.type, zone)}`,
    );
  }
  if (is.default !== was.default && was.default)
    actions.push(`ALTER COLUMN ${name} SET DEFAULT ${was.default}`);
  else if (is.default !== was.default && !retyped) actions.push(`ALTER COLUMN ${name} DROP DEFAULT`);
  if (is.generated && was.generated && is.generated !== was.generated)
    actions.push(`ALTER COLUMN ${name} SET EXPRESSION AS (${bare(was.generated)})`);
  if (is.generated && !was.generated) actions.push(`ALTER COLUMN ${name} DROP EXPRESSION`);
  if (is.identity !== was.identity) {
    if (!was.identity) actions.push(`ALTER COLUMN ${name} DROP IDENTITY`);
    else if (is.identity) actions.push(`ALTER COLUMN ${name} SET GENERATED ${was.identity.toUpperCase()}`);
    else
      actions.push(
        `ALTER COLUMN ${name} ADD GENERATED ${was.identity.toUpperCase()} AS IDENTITY${identityOptions(sequence)}`,
      );
  }
  if (is.notNull !== was.notNull)
    actions.push(`ALTER COLUMN ${name} ${was.notNull ? "SET" : "DROP"} NOT NULL`);
  if (is.storage !== was.storage)
    // SET STORAGE DEFAULT is for 16 and later.
    actions.push(
      `ALTER COLUMN ${name} SET STORAGE ${(was.storage ?? usualStorage(was.type) ?? "default").toUpperCase()}`,
    );
  if (is.compression !== was.compression)
    // Bare, DEFAULT is a syntax error before PostgreSQL 16.
    actions.push(`ALTER COLUMN ${name} SET COMPRESSION ${was.compression ?? '"default"'}`);
  if (is.statistics !== was.statistics)
    actions.push(`ALTER COLUMN ${name} SET STATISTICS ${was.statistics ?? -1}`);
  for (const action of optionsBack(is.options, was.options)) actions.push(`ALTER COLUMN ${name} ${action}`);
  if (actions.length === 0) return [];
  const sql = `ALTER TABLE ${parentName(before)}\n    ${actions.join(",\n    ")}`;
  const lost = retyped
    ? lostIn(catalog, before.name, is.type, was.type, zone)
    : was.notNull && !is.notNull
      ? `fails while ${before.name} holds NULL`
      : undefined;
  return [
    lost ? needsData(oneLine(sql, actions), lost) : exact(oneLine(sql, actions)),
    ...(was.identity && !is.identity && sequence
      ? [...describe(sequence, {}, sequence.attributes).map(exact), ...countOn(sequence)]
      : []),
  ];
}

function optionsBack(is: readonly string[] = [], was: readonly string[] = []): readonly string[] {
  const [now, before] = [foreignList(is), foreignList(was)];
  if (now === undefined && before === undefined) return optionActions(is, was);
  const change = foreignOptions(now ?? "", before ?? "");
  return change === undefined ? [] : [change];
}

/** How a value goes back to its former type. */
function using(catalog: Catalog, name: string, is: string, was: string, zone: string | undefined): string {
  // Without USING a value that is too long is refused; a cast would cut it without a word.
  if (cutsSilently(was) && becomesByItself(is, was)) return "";
  // The same the other way round.
  if (zone !== undefined && isTimestamp(is) && isTimestamp(was)) return ` USING ${name} AT TIME ZONE ${zone}`;
  return ` USING ${name}${castsTo(catalog, is, was) ? "" : "::text"}::${was}`;
}

function isTimestamp(type: string): boolean {
  return /^timestamp(?:\(\d\))? with(?:out)? time zone$/.test(type);
}

/** Every type becomes a string by assignment, bits only from bits. */
function becomesByItself(is: string, was: string): boolean {
  if (was.endsWith("[]") && !is.endsWith("[]")) return false;
  return !was.startsWith("bit") || is.startsWith("bit");
}

function lostIn(
  catalog: Catalog,
  column: string,
  is: string,
  was: string,
  zone: string | undefined,
): string | undefined {
  if (isTimestamp(is) && isTimestamp(was))
    return zone === undefined ? `values of ${column} depend on the time zone of the session` : undefined;
  if (holdsAll(is, was) || (was === "text" && isUserType(catalog, is))) return undefined;
  if (was === "text" || was === "character varying")
    return `values of ${column} come back as ${is} spells them`;
  return `values of ${column} that do not fit ${was} make this fail`;
}

/** A single action reads best on one line. */
function oneLine(sql: string, actions: readonly string[]): string {
  return actions.length === 1 ? sql.replace(/\n\s+/, " ") : sql;
}
