import type { Catalog } from "../../../catalog/catalog.ts";
import { type CatalogObject, keyOf } from "../../../catalog/model.ts";
import { literal } from "../../../sql/literal.ts";
import { alterColumn, type ColumnClues } from "./alter-column.ts";
import { alterComposite } from "./alter-composite.ts";
import { clusterOn, createObject, setFiring, statisticsTarget } from "./create-object.ts";
import { setReplicaIdentity } from "./create-table.ts";
import { changeDefaultPrivileges } from "./default-privileges.ts";
import { describe } from "./describe-object.ts";
import { dropObject } from "./drop-object.ts";
import { alterForeign, foreignOptions } from "./foreign-options.ts";
import { optionActions } from "./option-actions.ts";
import type { OriginText } from "./origin-text.ts";
import { grantColumnsAgain } from "./privileges.ts";
import { cannot, exact, type ProposedStatement } from "./proposed.ts";
import { alterPublication } from "./publication.ts";
import { rebuildEnum } from "./rebuild-enum.ts";
import { alterRole } from "./role.ts";
import { sameDefinition } from "./same-definition.ts";
import { parentName, sqlKind } from "./sql-name.ts";

const noParts = { columns: [], constraints: [], serials: new Map<string, CatalogObject<"sequence">>() };

/** Takes an object that still exists from how it is (`now`) back to how it was (`before`). */
export function alterBack(
  catalog: Catalog,
  now: CatalogObject,
  before: CatalogObject,
  originText: OriginText,
  clues?: ColumnClues,
): ProposedStatement[] {
  if (now.kind === "default privileges" && before.kind === "default privileges")
    return changeDefaultPrivileges(before.name, now.attributes.privileges, before.attributes.privileges);
  return [
    ...membership(now, before),
    ...definition(catalog, now, before, originText, clues),
    ...description(catalog, now, before).map(exact),
  ];
}

type Described = Parameters<typeof describe>[1];

function description(catalog: Catalog, now: CatalogObject, before: CatalogObject): string[] {
  const is = now.attributes as Described;
  const was = before.attributes as Described;
  const columns = [...catalog.childrenOf(keyOf(now.kind, now.name))].filter((it) => it.kind === "column");
  return [
    ...describe(before, is, was),
    ...(columns.length > 0 ? grantColumnsAgain(now, columns, is.privileges, was.privileges) : []),
  ];
}

function definition(
  catalog: Catalog,
  now: CatalogObject,
  before: CatalogObject,
  originText: OriginText,
  clues: ColumnClues | undefined,
): ProposedStatement[] {
  if (now.kind === "column" && before.kind === "column") return alterColumn(catalog, now, before, clues);
  if (now.kind === "table" && before.kind === "table") return table(now, before);
  if (now.kind === "type" && before.kind === "type") return type(catalog, now, before, originText);
  if (now.kind === "domain" && before.kind === "domain") return domain(now, before);
  if (now.kind === "sequence" && before.kind === "sequence") return sequence(now, before);
  if (now.kind === "trigger" && before.kind === "trigger") return trigger(now, before, originText);
  if (sameDefinition(now, before)) return [];
  if (now.kind === "role" && before.kind === "role") return alterRole(now, before);
  if (now.kind === "rule" && before.kind === "rule") return [setFiring(before)];
  if (now.kind === "statistics" && before.kind === "statistics") return [setTarget(before)];
  if (now.kind === "setting") return createObject(before, noParts, originText);
  // Only whether it was validated, which needs no way back, or its triggers, which are undone as a whole.
  if (now.kind === "constraint" && before.kind === "constraint") return [];
  if (now.kind === "extension" && before.kind === "extension") return extension(now, before);
  // CREATE OR REPLACE keeps what depends on it.
  if (before.kind === "function" || before.kind === "procedure" || before.kind === "view")
    return createObject(before, noParts, originText)
      .slice(0, 1)
      .map((it) => ({ ...it, sql: it.sql.replace(/^(\s*create\s+)(?!or\b)/i, "$1OR REPLACE ") }));
  if (now.kind === "event trigger" && before.kind === "event trigger") return eventTrigger(now, before);
  if (now.kind === "publication" && before.kind === "publication") return alterPublication(now, before);
  if (now.kind === "index" && before.kind === "index") return index(now, before, originText);
  if (now.kind === "materialized view" && before.kind === "materialized view")
    return materializedView(now, before);
  const foreign = alterForeign(now, before);
  if (foreign) return foreign;
  const made = createObject(before, noParts, originText);
  if (!made[0] || made[0].confidence === "cannot")
    return [cannot(`the ${before.kind} ${before.name} must be changed back by hand`)];
  return [dropObject(now), ...made];
}

/** ALTER EXTENSION … ADD, DROP */
function membership(now: CatalogObject, before: CatalogObject): ProposedStatement[] {
  const [is, was] = [now, before].map(({ attributes }) => (attributes as { extension?: string }).extension);
  if (is === was) return [];
  const member = `${sqlKind(before)} ${before.name}`;
  return [
    ...(is === undefined ? [] : [exact(`ALTER EXTENSION ${is} DROP ${member}`)]),
    ...(was === undefined ? [] : [exact(`ALTER EXTENSION ${was} ADD ${member}`)]),
  ];
}

/** What depends on an extension is noted with it: `index public.users_email`, `trigger touch on public.users`. */
function extension(
  { attributes: is }: CatalogObject<"extension">,
  { name, attributes: was }: CatalogObject<"extension">,
): ProposedStatement[] {
  const [now, before] = [is.dependents ?? [], was.dependents ?? []];
  const alter = (dependent: string, no: string) => {
    const [, kind = "", rest = ""] = /^((?:materialized )?\w+) (.*)$/s.exec(dependent) ?? [];
    const object = kind === "trigger" ? rest.replace(" on ", " ON ") : rest;
    return exact(`ALTER ${kind.toUpperCase()} ${object} ${no}DEPENDS ON EXTENSION ${name}`);
  };
  return [
    ...(is.schema === was.schema
      ? []
      : [exact(`ALTER EXTENSION ${name} SET SCHEMA ${was.schema ?? "public"}`)]),
    ...now.filter((it) => !before.includes(it)).map((it) => alter(it, "NO ")),
    ...before.filter((it) => !now.includes(it)).map((it) => alter(it, "")),
  ];
}

function setTarget({ name, attributes: { definition } }: CatalogObject<"statistics">): ProposedStatement {
  return exact(`ALTER STATISTICS ${name} SET STATISTICS ${statisticsTarget(definition) ?? -1}`);
}

function eventTrigger(
  now: CatalogObject<"event trigger">,
  before: CatalogObject<"event trigger">,
): ProposedStatement[] {
  return now.attributes.enabled === before.attributes.enabled ? [] : [setFiring(before)];
}

function table(now: CatalogObject<"table">, before: CatalogObject<"table">): ProposedStatement[] {
  const [is, was] = [now.attributes, before.attributes];
  const alter = `ALTER ${sqlKind(before)} ${before.name}`;
  const statements: ProposedStatement[] = [];
  if (is.rowSecurity !== was.rowSecurity)
    statements.push(exact(`${alter} ${was.rowSecurity ? "ENABLE" : "DISABLE"} ROW LEVEL SECURITY`));
  if (is.forceRowSecurity !== was.forceRowSecurity)
    statements.push(exact(`${alter} ${was.forceRowSecurity ? "FORCE" : "NO FORCE"} ROW LEVEL SECURITY`));
  if (is.replicaIdentity !== was.replicaIdentity) statements.push(exact(setReplicaIdentity(before)));
  if (is.persistence !== was.persistence)
    statements.push(exact(`${alter} SET ${was.persistence === "unlogged" ? "UNLOGGED" : "LOGGED"}`));
  if (is.partitionOf && !was.partitionOf)
    statements.push(exact(`ALTER TABLE ${is.partitionOf} DETACH PARTITION ${now.name}`));
  if (!is.partitionOf && was.partitionOf)
    statements.push(
      exact(`ALTER TABLE ${was.partitionOf} ATTACH PARTITION ${now.name} ${was.partitionBound ?? "DEFAULT"}`),
    );
  for (const parent of was.inherits ?? [])
    if (!is.inherits?.includes(parent)) statements.push(exact(`${alter} INHERIT ${parent}`));
  for (const parent of is.inherits ?? [])
    if (!was.inherits?.includes(parent)) statements.push(exact(`${alter} NO INHERIT ${parent}`));
  statements.push(...storageOptions(alter, is.options ?? [], was.options ?? []).map(exact));
  const foreign = foreignOptions(is.foreignOptions?.[0] ?? "", was.foreignOptions?.[0] ?? "");
  if (foreign !== undefined) statements.push(exact(`${alter} ${foreign}`));
  return statements;
}

function storageOptions(alter: string, is: readonly string[], was: readonly string[]): string[] {
  return optionActions(is, was).map((action) => `${alter} ${action}`);
}

function type(
  catalog: Catalog,
  now: CatalogObject<"type">,
  before: CatalogObject<"type">,
  originText: OriginText,
): ProposedStatement[] {
  const [is, was] = [now.attributes.labels ?? [], before.attributes.labels ?? []];
  const added = is.filter((label) => !was.includes(label));
  const gone = was.filter((label) => !is.includes(label));
  if (added.length > 0 && added.length === gone.length)
    return added.map((label, i) =>
      exact(`ALTER TYPE ${before.name} RENAME VALUE ${literal(label)} TO ${literal(gone[i] ?? "")}`),
    );
  if (added.length > 0 && gone.length === 0) return rebuildEnum(catalog, now, before, originText);
  if (now.attributes.fields && before.attributes.fields) return alterComposite(catalog, now, before);
  return sameDefinition(now, before) ? [] : [cannot(`the type ${before.name} must be changed back by hand`)];
}

function domain(now: CatalogObject<"domain">, before: CatalogObject<"domain">): ProposedStatement[] {
  const [is, was] = [now.attributes, before.attributes];
  const alter = `ALTER DOMAIN ${before.name}`;
  return [
    ...(is.default === was.default
      ? []
      : [exact(`${alter} ${was.default ? `SET DEFAULT ${was.default}` : "DROP DEFAULT"}`)]),
    ...(is.notNull === was.notNull ? [] : [exact(`${alter} ${was.notNull ? "SET" : "DROP"} NOT NULL`)]),
  ];
}

function sequence(now: CatalogObject<"sequence">, before: CatalogObject<"sequence">): ProposedStatement[] {
  const [is, was] = [now.attributes, before.attributes];
  const parts = [
    is.type !== was.type && `AS ${was.type}`,
    is.increment !== was.increment && `INCREMENT BY ${was.increment}`,
    is.min !== was.min && `MINVALUE ${was.min}`,
    is.max !== was.max && `MAXVALUE ${was.max}`,
    is.start !== was.start && `START WITH ${was.start}`,
    is.cache !== was.cache && `CACHE ${was.cache}`,
    is.cycle !== was.cycle && (was.cycle ? "CYCLE" : "NO CYCLE"),
    is.ownedBy !== was.ownedBy && `OWNED BY ${was.ownedBy ?? "NONE"}`,
  ].filter(Boolean);
  const alter = `ALTER SEQUENCE ${before.name}`;
  // Where it belongs to a column it follows the table.
  const isMoved = is.persistence !== was.persistence && was.ownedBy === undefined;
  return [
    ...(parts.length === 0 ? [] : [exact(`${alter} ${parts.join(" ")}`)]),
    ...(isMoved ? [exact(`${alter} SET ${was.persistence === "unlogged" ? "UNLOGGED" : "LOGGED"}`)] : []),
  ];
}

/** CLUSTER ON another index of the table takes it from this one. */
function cluster(now: CatalogObject<"index">, before: CatalogObject<"index">): ProposedStatement[] {
  if (now.attributes.clustered === before.attributes.clustered) return [];
  return [
    exact(
      before.attributes.clustered
        ? clusterOn(before)
        : `ALTER TABLE ${parentName(before)} SET WITHOUT CLUSTER`,
    ),
  ];
}

/** The index of a constraint changes with the constraint. */
function index(
  now: CatalogObject<"index">,
  before: CatalogObject<"index">,
  originText: OriginText,
): ProposedStatement[] {
  const [is, was] = [now.attributes, before.attributes];
  const stored = storageOptions(`ALTER INDEX ${before.name}`, is.options ?? [], was.options ?? []).map(exact);
  if (is.constraint !== undefined || was.constraint !== undefined)
    return [...(is.constraint === was.constraint ? stored : []), ...cluster(now, before)];
  // Attached or not, and so valid or not: what is attached is undone as a whole.
  const { options: _o, clustered: _, definition: isText, partitionOf: _p, invalid: _i, ...isRest } = is;
  const {
    options: __o,
    clustered: __,
    definition: wasText,
    partitionOf: __p,
    invalid: __i,
    ...wasRest
  } = was;
  const bare = (text: string) => text.replace(/ WITH \([^()]*\)/, "");
  if (bare(isText) === bare(wasText) && JSON.stringify(isRest) === JSON.stringify(wasRest))
    return [...stored, ...cluster(now, before)];
  return [dropObject(now), ...createObject(before, noParts, originText)];
}

function materializedView(
  now: CatalogObject<"materialized view">,
  before: CatalogObject<"materialized view">,
): ProposedStatement[] {
  const [is, was] = [now.attributes, before.attributes];
  const populated = is.unpopulated === was.unpopulated;
  return [
    ...storageOptions(`ALTER MATERIALIZED VIEW ${before.name}`, is.options ?? [], was.options ?? []).map(
      exact,
    ),
    ...(populated
      ? []
      : [exact(`REFRESH MATERIALIZED VIEW ${before.name}${was.unpopulated ? " WITH NO DATA" : ""}`)]),
  ];
}

function trigger(
  now: CatalogObject<"trigger">,
  before: CatalogObject<"trigger">,
  originText: OriginText,
): ProposedStatement[] {
  const statements: ProposedStatement[] = [];
  if (now.attributes.definition !== before.attributes.definition)
    statements.push(dropObject(now), ...createObject(before, noParts, originText));
  else if (now.attributes.enabled !== before.attributes.enabled) statements.push(setFiring(before));
  return statements;
}
