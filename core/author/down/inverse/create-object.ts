import type { CatalogObject } from "../../../catalog/model.ts";
import { literal } from "../../../sql/literal.ts";
import { columnDefinition } from "./column-definition.ts";
import { addConstraint, createTable, type TableParts } from "./create-table.ts";
import { changeDefaultPrivileges } from "./default-privileges.ts";
import { describe } from "./describe-object.ts";
import type { OriginText } from "./origin-text.ts";
import { cannot, exact, needsData, type ProposedStatement } from "./proposed.ts";
import { createPublication } from "./publication.ts";
import { ownName, parentName } from "./sql-name.ts";
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
        needsData(
          `ALTER TABLE ${parentName(object)} ADD COLUMN ${columnDefinition(object, parts.serials)}`,
          `the values of ${name} are gone${mustHaveValue(object) ? "; where the table has rows, this needs a default" : ""}`,
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
        exact(`CREATE VIEW ${name}${options(object.attributes.options)} AS\n${query(object)}`),
        ...described(object),
      ];
    case "materialized view":
      return [
        exact(
          `CREATE MATERIALIZED VIEW ${name}${options(object.attributes.options)} AS\n${query(object)}${object.attributes.unpopulated ? "\nWITH NO DATA" : ""}`,
        ),
        ...described(object),
      ];
    case "index":
      return [exact(index(object)), ...described(object)];
    case "trigger":
    case "rule":
      return [exact(ended(object.attributes.definition)), ...described(object)];
    case "function":
    case "procedure":
      return [
        exact(writtenRoutine(object, originText) ?? ended(object.attributes.definition)),
        ...described(object),
      ];
    case "sequence":
      return [exact(sequence(object)), ...described(object)];
    case "type":
      return [type(object) ?? fromOrigin(object, originText), ...described(object)];
    case "domain":
      return [exact(domain(object, parts.constraints)), ...described(object)];
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
        ...enabled(object),
        ...described(object),
      ];
    }
    case "statistics":
      return [exact(ended(object.attributes.definition)), ...described(object)];
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

/** ENABLE is what a new one is. */
function enabled(trigger: CatalogObject<"event trigger">): ProposedStatement[] {
  const word = enableWord(trigger.attributes.enabled);
  return word === "ENABLE" ? [] : [exact(`ALTER EVENT TRIGGER ${trigger.name} ${word}`)];
}

/** How ALTER says when a trigger fires. */
export function enableWord(state: string | undefined): string {
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

function mustHaveValue({ attributes: it }: CatalogObject<"column">): boolean {
  return it.notNull === true && !it.default && !it.identity && !it.generated;
}

function options(list: readonly string[] | undefined): string {
  return list ? ` WITH (${list.join(", ")})` : "";
}

function query({ attributes }: CatalogObject<"view" | "materialized view">): string {
  return ended(attributes.definition);
}

function ended(sql: string): string {
  return sql.trim().replace(/;$/, "");
}

/** PostgreSQL prints ONLY for every index of a partitioned table; without it the partitions get theirs too. */
function index({ attributes: { definition, invalid } }: CatalogObject<"index">): string {
  const only = /^(CREATE (?:UNIQUE )?INDEX (?:"(?:[^"]|"")*"|\S+) ON) ONLY /;
  return ended(invalid ? definition : definition.replace(only, "$1 "));
}

function sequence({ name, attributes: it }: CatalogObject<"sequence">): string {
  return `CREATE SEQUENCE ${name} AS ${it.type} START WITH ${it.start} INCREMENT BY ${it.increment} MINVALUE ${it.min} MAXVALUE ${it.max} CACHE ${it.cache}${it.cycle ? " CYCLE" : ""}`;
}

function type({ name, attributes: it }: CatalogObject<"type">): ProposedStatement | undefined {
  switch (it.form) {
    case "enum":
      return exact(`CREATE TYPE ${name} AS ENUM (${(it.labels ?? []).map(literal).join(", ")})`);
    case "composite":
      return exact(`CREATE TYPE ${name} AS (${(it.fields ?? []).join(", ")})`);
    case "range":
      return exact(`CREATE TYPE ${name} AS RANGE (${it.definition ?? ""})`);
    default:
      return undefined;
  }
}

function domain(
  { name, attributes: it }: CatalogObject<"domain">,
  constraints: readonly CatalogObject<"constraint">[],
): string {
  const checks = constraints.filter(({ attributes }) => attributes.type === "check");
  return [
    `CREATE DOMAIN ${name} AS ${it.type}`,
    it.collation && `COLLATE ${it.collation}`,
    it.default && `DEFAULT ${it.default}`,
    it.notNull && "NOT NULL",
    ...checks.map((check) => `CONSTRAINT ${ownName(check)} ${check.attributes.definition}`),
  ]
    .filter(Boolean)
    .join(" ");
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
