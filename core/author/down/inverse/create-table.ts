import type { CatalogObject } from "../../../catalog/model.ts";
import { columnDefinition } from "./column-definition.ts";
import { describe } from "./describe-object.ts";
import { ownName } from "./sql-name.ts";

/** A table that is to be made again, with all that fell with it. */
export interface TableParts {
  readonly columns: readonly CatalogObject<"column">[];
  readonly constraints: readonly CatalogObject<"constraint">[];
  /** Sequences that fell with their columns, by the names of those. */
  readonly serials: ReadonlyMap<string, CatalogObject<"sequence">>;
}

/** CREATE TABLE with its columns and constraints; foreign keys come behind, for they may point in a circle. */
export function createTable(table: CatalogObject<"table">, parts: TableParts): string[] {
  const { attributes: it } = table;
  const inside = it.partitionOf === undefined && it.ofType === undefined;
  const constraints = parts.constraints.filter((constraint) => !constraint.attributes.inherited);
  const [foreign, others] = partition(constraints, ({ attributes }) => attributes.type === "foreign key");
  const lines = [
    ...(inside
      ? parts.columns
          .filter((column) => !column.attributes.inherited)
          .map((column) => columnDefinition(column, parts.serials))
      : []),
    ...others.map((constraint) => `CONSTRAINT ${ownName(constraint)} ${constraint.attributes.definition}`),
  ].map((line) => `  ${line}`);
  return [
    [head(table), body(lines, inside), tail(table)].filter(Boolean).join(" "),
    ...parts.columns.flatMap((column) => columnSettings(table, column)),
    ...rowSecurity(table),
    ...(identityIndex(table) === undefined && it.replicaIdentity && !it.server
      ? [setReplicaIdentity(table)]
      : []),
    ...foreign.map((constraint) => addConstraint(table.name, constraint)),
    ...describe(table, {}, it),
    ...parts.columns.flatMap((column) => describe(column, {}, column.attributes)),
    ...constraints.flatMap((constraint) => describe(constraint, {}, constraint.attributes)),
  ];
}

export function setReplicaIdentity(table: CatalogObject<"table">): string {
  const {
    name,
    attributes: { replicaIdentity },
  } = table;
  const alter = `ALTER TABLE ${name} REPLICA IDENTITY`;
  if (replicaIdentity === undefined) return `${alter} DEFAULT`;
  const index = identityIndex(table);
  return index ? `${alter} USING INDEX ${index}` : `${alter} ${replicaIdentity.toUpperCase()}`;
}

/** The index that REPLICA IDENTITY names, which has to be there before. */
export function identityIndex({
  attributes: { replicaIdentity },
}: CatalogObject<"table">): string | undefined {
  return replicaIdentity?.startsWith("index ") ? replicaIdentity.slice("index ".length) : undefined;
}

export function addConstraint(table: string, constraint: CatalogObject<"constraint">): string {
  return `ALTER TABLE ${table} ADD CONSTRAINT ${ownName(constraint)} ${constraint.attributes.definition}`;
}

function head({ name, attributes: it }: CatalogObject<"table">): string {
  const persistence = it.persistence === "unlogged" ? "UNLOGGED " : it.server ? "FOREIGN " : "";
  return `CREATE ${persistence}TABLE ${name}${it.partitionOf ? ` PARTITION OF ${it.partitionOf}` : it.ofType ? ` OF ${it.ofType}` : ""}`;
}

function body(lines: readonly string[], inside: boolean): string {
  if (lines.length === 0) return inside ? "()" : "";
  return `(\n${lines.join(",\n")}\n)`;
}

function tail({ attributes: it }: CatalogObject<"table">): string {
  return [
    it.partitionBound,
    it.inherits && `INHERITS (${it.inherits.join(", ")})`,
    it.partitionKey && `PARTITION BY ${it.partitionKey}`,
    it.accessMethod && `USING ${it.accessMethod}`,
    it.server && `SERVER ${it.server}`,
    it.foreignOptions && `OPTIONS (${it.foreignOptions.join(", ")})`,
    it.options && `WITH (${it.options.join(", ")})`,
    it.tablespace && `TABLESPACE ${it.tablespace}`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** What a column has that CREATE TABLE cannot say. */
function columnSettings(table: CatalogObject<"table">, column: CatalogObject<"column">): string[] {
  const alter = `ALTER TABLE ${table.name} ALTER COLUMN ${ownName(column)}`;
  const { statistics, options } = column.attributes;
  return [
    ...(statistics === undefined ? [] : [`${alter} SET STATISTICS ${statistics}`]),
    ...(options ? [`${alter} SET (${options.join(", ")})`] : []),
  ];
}

function rowSecurity({ name, attributes: it }: CatalogObject<"table">): string[] {
  return [
    ...(it.rowSecurity ? [`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`] : []),
    ...(it.forceRowSecurity ? [`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`] : []),
  ];
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
