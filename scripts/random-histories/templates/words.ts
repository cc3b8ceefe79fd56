import type { CatalogObject } from "#core/catalog/model.ts";
import { ofParent, ownName, type Pen, type Weighted } from "../pen.ts";

/** What is said about things: comments, privileges, publications, rules. */
export const words: readonly Weighted[] = [
  [3, comment],
  [1.5, grant],
  [0.4, grantColumn],
  [0.3, (pen) => onTable(pen, (name) => `CREATE PUBLICATION ${pen.fresh("pb")} FOR TABLE ${name}`)],
  [
    0.2,
    (pen) => onTable(pen, (name) => `CREATE RULE ${pen.fresh("ru")} AS ON INSERT TO ${name} DO ALSO NOTHING`),
  ],
];

/** Roles that the statements name: who runs them makes these before. */
export const roles: readonly string[] = ["reader", "writer"];

function onTable(pen: Pen, write: (name: string) => string): string | undefined {
  const table = pen.table();
  return table && write(pen.ref(table));
}

const named: ReadonlySet<CatalogObject["kind"]> = new Set([
  "table",
  "view",
  "materialized view",
  "index",
  "sequence",
  "schema",
  "type",
  "domain",
  "function",
  "column",
]);
const ofTables: ReadonlySet<CatalogObject["kind"]> = new Set(["constraint", "trigger", "policy"]);

function comment(pen: Pen): string | undefined {
  const object = pen.pick([...pen.catalog.objects()]);
  if (!object) return undefined;
  const ofTable = ofTables.has(object.kind) && object.parent?.startsWith("table ");
  if (!ofTable && !named.has(object.kind)) return undefined;
  const target = ofTable ? `${ownName(object)} ON ${ofParent(object)}` : object.name;
  return `COMMENT ON ${object.kind.toUpperCase()} ${target} IS ${pen.word("'hello'", "'it''s'", "NULL")}`;
}

function grant(pen: Pen): string | undefined {
  const rights = pen.pick<
    readonly [
      kind: "table" | "view" | "sequence" | "function" | "schema",
      on: string,
      words: readonly string[],
    ]
  >([
    ["table", "", ["SELECT", "INSERT, UPDATE", "ALL", "SELECT, DELETE"]],
    ["view", "TABLE ", ["SELECT", "ALL"]],
    ["sequence", "SEQUENCE ", ["USAGE", "SELECT", "ALL"]],
    ["function", "FUNCTION ", ["EXECUTE", "ALL"]],
    ["schema", "SCHEMA ", ["USAGE", "ALL", "CREATE"]],
  ]);
  const object = rights && pen.one(rights[0]);
  if (!object) return undefined;
  const who = pen.word(...roles, "PUBLIC", roles.join(", "));
  const what = `${pen.word(...rights[2])} ON ${rights[1]}${object.name}`;
  return pen.chance(0.7) ? `GRANT ${what} TO ${who}` : `REVOKE ${what} FROM ${who}`;
}

function grantColumn(pen: Pen): string | undefined {
  const table = pen.table();
  const column = table && pen.pick(pen.columns(table));
  return (
    column &&
    `GRANT ${pen.word("SELECT", "UPDATE")} (${column.name}) ON ${table.name} TO ${pen.word(...roles)}`
  );
}
