import { nameIn } from "../../../catalog/key-parts.ts";
import type { CatalogObject } from "../../../catalog/model.ts";
import { lastPart, quoteIdentifier } from "../../../catalog/quote-identifier.ts";
import { literal } from "../../../sql/literal.ts";
import { columnDefinition } from "./column-definition.ts";
import { countingOptions } from "./counting-options.ts";
import { addConstraint, createTable, type TableParts } from "./create-table.ts";
import { changeDefaultPrivileges } from "./default-privileges.ts";
import { describe } from "./describe-object.ts";
import type { OriginText } from "./origin-text.ts";
import { cannot, exact, needsData, type ProposedStatement } from "./proposed.ts";
import { createPublication } from "./publication.ts";
import { roleSetting } from "./role-setting.ts";
import { ownName, parentName, sqlKind } from "./sql-name.ts";
import { writtenQuery } from "./written-query.ts";
import { writtenRoutine } from "./written-routine.ts";

/** Makes an object again as it was before it was dropped. `parts` are the columns and constraints that fell with it. */
export function createObject(
  object: CatalogObject,
  parts: TableParts,
  originText: OriginText,
): ProposedStatement[] {
  const { name } = object;
  switch (object.kind) {
    case "table": {
      const [create = "", ...rest] = createTable(object, parts);
      return [needsData(create, `the rows of ${name} are gone`), ...rest.map(exact)];
    }
    case "column":
      return [
        columnAgain(
          object,
          `ALTER TABLE ${parentName(object)} ADD COLUMN ${columnDefinition(object, parts.serials)}`,
        ),
        ...described(object),
      ];
    case "constraint":
      if (object.parent?.startsWith("domain "))
        return [
          exact(
            `ALTER DOMAIN ${parentName(object)} ADD CONSTRAINT ${ownName(object)} ${object.attributes.definition}`,
          ),
        ];
      return [exact(addConstraint(parentName(object), object)), ...described(object)];
    case "view":
      return [
        exact(`CREATE VIEW ${name}${options(object.attributes.options)} AS\n${query(object, originText)}`),
        ...described(object),
      ];
    case "materialized view":
      return [
        exact(
          `CREATE MATERIALIZED VIEW ${name}${options(object.attributes.options)} AS\n${query(object, originText)}${object.attributes.unpopulated ? "\nWITH NO DATA" : ""}`,
        ),
        ...described(object),
      ];
    case "index":
      return [exact(index(object)), ...described(object)];
    case "trigger":
    case "rule":
      return [exact(ended(object.attributes.definition)), ...firing(object), ...described(object)];
    case "function":
    case "procedure":
      return [
        exact(writtenRoutine(object, originText) ?? ended(object.attributes.definition)),
        ...described(object),
      ];
    case "sequence":
      return [exact(sequence(object)), ...described(object)];
    case "setting":
      return [setting(object)];
    case "type":
      return [type(object) ?? fromOrigin(object, originText), ...described(object)];
    case "domain":
      return [...domain(object, parts.constraints).map(exact), ...described(object)];
    case "schema":
      return [exact(`CREATE SCHEMA ${name}`), ...described(object)];
    case "extension": {
      const { schema } = object.attributes;
      return [
        exact(`CREATE EXTENSION ${name}${schema && schema !== "public" ? ` WITH SCHEMA ${schema}` : ""}`),
        ...described(object),
      ];
    }
    case "default privileges":
      return changeDefaultPrivileges(name, undefined, object.attributes.privileges);
    case "policy":
      return [exact(policy(object)), ...described(object)];
    case "publication":
      return [exact(createPublication(object)), ...described(object)];
    case "event trigger": {
      const { definition, function: called } = object.attributes;
      return [
        exact(`CREATE EVENT TRIGGER ${name} ${definition} EXECUTE FUNCTION ${called}`),
        ...firing(object),
        ...described(object),
      ];
    }
    case "statistics":
      return [...statistics(object), ...described(object)];
    case "cast":
      return [exact(`CREATE CAST (${name}) ${object.attributes.definition}`), ...described(object)];
    case "server":
      return [exact(`CREATE SERVER ${name} ${object.attributes.definition}`), ...described(object)];
    case "user mapping":
      return [exact(`CREATE USER MAPPING FOR ${name} ${object.attributes.definition}`)];
    default:
      return [fromOrigin(object, originText)];
  }
}

/** Whether it fires; ENABLE is what a new one is. */
function firing(object: CatalogObject<"event trigger" | "trigger" | "rule">): ProposedStatement[] {
  return object.attributes.enabled === undefined ? [] : [setFiring(object)];
}

/** The statement that says when a trigger or a rule fires. */
export function setFiring(object: CatalogObject<"event trigger" | "trigger" | "rule">): ProposedStatement {
  const word = enableWord(object.attributes.enabled);
  if (object.kind === "event trigger") return exact(`ALTER EVENT TRIGGER ${object.name} ${word}`);
  return exact(`ALTER TABLE ${parentName(object)} ${word} ${sqlKind(object)} ${ownName(object)}`);
}

/** `role app work_mem` is set to `work_mem=64MB`; those of the database go by its name, which no file need know. */
function setting({ name, attributes: { definition } }: CatalogObject<"setting">): ProposedStatement {
  const { role, option } = roleSetting(name) ?? {};
  if (role === undefined || option === undefined)
    return cannot(`the setting ${name} must be made again by hand`);
  const value = definition.slice(definition.indexOf("=") + 1);
  return exact(`ALTER ROLE ${role} SET ${option} TO ${/^\w+$/.test(value) ? value : literal(value)}`);
}

function enableWord(state: string | undefined): string {
  const words: Readonly<Record<string, string>> = {
    disabled: "DISABLE",
    replica: "ENABLE REPLICA",
    always: "ENABLE ALWAYS",
  };
  return words[state ?? ""] ?? "ENABLE";
}

function fromOrigin(object: CatalogObject, originText: OriginText): ProposedStatement {
  const text = originText(object);
  return text ? exact(text) : cannot(`the ${object.kind} ${object.name} must be made again by hand`);
}

function described(object: CatalogObject): ProposedStatement[] {
  return describe(object, {}, object.attributes as Parameters<typeof describe>[2]).map(exact);
}

/** Generated values come back by themselves. */
function columnAgain(column: CatalogObject<"column">, sql: string): ProposedStatement {
  if (column.attributes.generated !== undefined) return exact(sql);
  const more = mustHaveValue(column) ? "; where the table has rows, this needs a default" : "";
  return needsData(sql, `the values of ${column.name} are gone${more}`);
}

function mustHaveValue({ attributes: it }: CatalogObject<"column">): boolean {
  return it.notNull === true && !it.default && !it.identity && !it.generated;
}

function options(list: readonly string[] | undefined): string {
  return list ? ` WITH (${list.join(", ")})` : "";
}

function query(object: CatalogObject<"view" | "materialized view">, originText: OriginText): string {
  return writtenQuery(object, originText) ?? ended(object.attributes.definition);
}

function ended(sql: string): string {
  return sql.trim().replace(/;$/, "");
}

/** The target stands behind the definition. */
export function statisticsTarget(definition: string): string | undefined {
  return / SET STATISTICS (\d+)$/.exec(definition)?.[1];
}

function statistics({ name, attributes: { definition } }: CatalogObject<"statistics">): ProposedStatement[] {
  const target = statisticsTarget(definition);
  return [
    exact(ended(definition.replace(/ SET STATISTICS \d+$/, ""))),
    ...(target === undefined ? [] : [exact(`ALTER STATISTICS ${name} SET STATISTICS ${target}`)]),
  ];
}

export function clusterOn({ name, parent }: CatalogObject<"index">): string {
  return `ALTER TABLE ${nameIn(parent ?? "")} CLUSTER ON ${quoteIdentifier(lastPart(name))}`;
}

/** PostgreSQL prints ONLY for every index of a partitioned table; without it the partitions get theirs too. */
function index({ attributes: { definition, invalid } }: CatalogObject<"index">): string {
  const only = /^(CREATE (?:UNIQUE )?INDEX (?:"(?:[^"]|"")*"|\S+) ON) ONLY /;
  // Every index is a btree unless something else is said.
  return ended(invalid ? definition : definition.replace(only, "$1 ")).replace(" USING btree (", " (");
}

function sequence({ name, attributes: it }: CatalogObject<"sequence">): string {
  return [
    `CREATE${it.persistence === "unlogged" ? " UNLOGGED" : ""} SEQUENCE ${name}`,
    it.type !== "bigint" && `AS ${it.type}`,
    ...countingOptions(it),
  ]
    .filter(Boolean)
    .join(" ");
}

function type({ name, attributes: it }: CatalogObject<"type">): ProposedStatement | undefined {
  switch (it.form) {
    case "enum":
      return exact(`CREATE TYPE ${name} AS ENUM (${(it.labels ?? []).map(literal).join(", ")})`);
    case "composite":
      return exact(`CREATE TYPE ${name} AS (${(it.fields ?? []).join(", ")})`);
    case "range":
      return exact(`CREATE TYPE ${name} AS RANGE (${rangeOptions(it.definition ?? "")})`);
    default:
      return undefined;
  }
}

/** Its functions are printed with their arguments, which CREATE TYPE does not take. */
function rangeOptions(definition: string): string {
  return definition.replaceAll(/\b(CANONICAL|SUBTYPE_DIFF) = ([^(,]+)\([^()]*\)/g, "$1 = $2");
}

function domain(
  { name, attributes: it }: CatalogObject<"domain">,
  constraints: readonly CatalogObject<"constraint">[],
): string[] {
  const checks = constraints.filter(({ attributes }) => attributes.type === "check");
  const check = (it: CatalogObject<"constraint">) => `CONSTRAINT ${ownName(it)} ${it.attributes.definition}`;
  // CREATE DOMAIN knows no NOT VALID.
  const later = checks.filter(({ attributes }) => attributes.notValidated);
  const create = [
    `CREATE DOMAIN ${name} AS ${it.type}`,
    it.collation && `COLLATE ${it.collation}`,
    it.default && `DEFAULT ${it.default}`,
    it.notNull && "NOT NULL",
    ...checks.filter((it) => !later.includes(it)).map(check),
  ]
    .filter(Boolean)
    .join(" ");
  return [create, ...later.map((it) => `ALTER DOMAIN ${name} ADD ${check(it)}`)];
}

function policy(object: CatalogObject<"policy">): string {
  const { attributes: it } = object;
  return [
    `CREATE POLICY ${ownName(object)} ON ${parentName(object)}`,
    it.permissive === false && "AS RESTRICTIVE",
    `FOR ${it.command}`,
    `TO ${it.roles.join(", ")}`,
    it.using && `USING (${it.using})`,
    it.check && `WITH CHECK (${it.check})`,
  ]
    .filter(Boolean)
    .join(" ");
}
