import type { Node, PartitionBoundSpec } from "@pgsql/types";
import type { CatalogObject } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { partitionKeyParts } from "../../catalog/simulate/partitions.ts";
import { sqlText } from "../../catalog/simulate/sql-text.ts";
import type { ExistingTable } from "../facts/existing-table.ts";
import type { StatementContext } from "../rule.ts";
import { freeName } from "./free-name.ts";
import { deferrability } from "./index-sql.ts";
import type { Step } from "./steps.ts";

type Table = CatalogObject<"table">;

/** What a partition is to have before it is attached, and does not have: the attachment makes it. */
export interface MissingPart {
  readonly object: CatalogObject<"index"> | CatalogObject<"constraint">;
  readonly table: Table;
}

/** The indexes and foreign keys that a subcommand made on tables with rows of their own. */
export function missingParts({ outcome, after }: StatementContext, command: number): MissingPart[] {
  return outcome.effects.flatMap((effect): MissingPart[] => {
    if (effect.action !== "create" || effect.command !== command) return [];
    const object = after.at(effect.key);
    const table = after.at(object?.parent ?? "");
    if (table?.kind !== "table" || table.attributes.partitionKey !== undefined) return [];
    if (object?.kind === "index") return [{ object, table }];
    return object?.kind === "constraint" && object.attributes.type === "foreign key"
      ? [{ object, table }]
      : [];
  });
}

/** The index, built while others write, and the key that it belongs to; or the foreign key in two steps. */
export function partSteps({ after }: StatementContext, { object, table }: MissingPart): Step[] {
  const on = plainName(table.name);
  const name = quoteIdentifier(lastPart(object.name));
  if (object.kind === "constraint")
    return [
      {
        words: "add the foreign key beforehand, for new rows only",
        sql: [`ALTER TABLE ${on} ADD CONSTRAINT ${name} ${object.attributes.definition} NOT VALID;`],
      },
      {
        words: "and in the next migration, which lets writes through",
        sql: [`ALTER TABLE ${on} VALIDATE CONSTRAINT ${name};`],
      },
    ];
  const owner = object.attributes.constraint && after.at(object.attributes.constraint);
  const key = owner && owner.kind === "constraint" ? owner.attributes : undefined;
  // Nothing builds it beforehand without a lock.
  if (key?.type === "exclusion") return [];
  const { definition, unique } = object.attributes;
  const rest = definition.slice(definition.indexOf(" USING "));
  const build = `CREATE ${unique ? "UNIQUE " : ""}INDEX CONCURRENTLY ${name} ON ${on}${rest};`;
  const type = key?.type === "primary key" ? "PRIMARY KEY" : "UNIQUE";
  const { deferrable } = key ?? {};
  const initdeferred = deferrable === "initially deferred";
  const when = deferrability({ deferrable: deferrable !== undefined, initdeferred });
  const adopt = key && `ALTER TABLE ${on} ADD CONSTRAINT ${name} ${type} USING INDEX ${name}${when};`;
  return [
    {
      words: "build the index beforehand, alone in its migration; the attachment takes it",
      sql: [build, ...(adopt ? [adopt] : [])],
    },
  ];
}

/** A CHECK that says of the rows what the bound says, first for new ones only. `condition`: absent, the reader writes it. */
export function boundSteps({ catalog }: StatementContext, table: ExistingTable, condition?: string): Step[] {
  const name = condition ? freeName(catalog, table.key.slice("table ".length), ["bound"], "check") : "…";
  return [
    {
      words: "let a CHECK prove the bound beforehand",
      sql: [
        `ALTER TABLE ${table.name} ADD CONSTRAINT ${name} CHECK (${condition ?? "…"}) NOT VALID;`,
        `ALTER TABLE ${table.name} VALIDATE CONSTRAINT ${name}; -- in a later migration`,
      ],
    },
  ];
}

/** What a row of the default partition is to be so that it does not belong to a new one: `at < '2020-01-01' OR at >= …`. */
export function restCondition(parent: Table, bound: PartitionBoundSpec): string | undefined {
  const [key, ...more] = partitionKeyParts(parent);
  if (key === undefined || more.length > 0 || bound.is_default) return undefined;
  const listed = bound.listdatums ?? [];
  if (listed.some((node) => "A_Const" in node && node.A_Const.isnull)) return undefined;
  if (bound.strategy === "l") return `${key} NOT IN (${listed.map(sqlText).join(", ")})`;
  if (bound.strategy !== "r") return undefined;
  const ends = rangeEnds(bound).map((node, index) =>
    node === undefined ? [] : [`${key} ${index === 0 ? "<" : ">="} ${sqlText(node)}`],
  );
  return ends.flat().length > 0 ? ends.flat().join(" OR ") : undefined;
}

/** MINVALUE and MAXVALUE come as names of columns. */
function rangeEnds(bound: PartitionBoundSpec): (Node | undefined)[] {
  return [bound.lowerdatums?.[0], bound.upperdatums?.[0]].map((node) =>
    node !== undefined && "ColumnRef" in node ? undefined : node,
  );
}

/** `at IS NOT NULL AND at >= '2020-01-01' AND …`. Undefined for a range over several columns and for a hash: PostgreSQL's own condition is long. */
export function boundCondition(parent: Table, bound: PartitionBoundSpec): string | undefined {
  const [key, ...more] = partitionKeyParts(parent);
  if (key === undefined || more.length > 0 || bound.is_default) return undefined;
  const listed = bound.listdatums ?? [];
  if (listed.some((node) => "A_Const" in node && node.A_Const.isnull)) return undefined;
  const notNull = `${key} IS NOT NULL`;
  if (bound.strategy === "l") return `${notNull} AND ${key} IN (${listed.map(sqlText).join(", ")})`;
  if (bound.strategy !== "r") return undefined;
  const ends = rangeEnds(bound).map((node, index) =>
    node === undefined ? [] : [`${key} ${index === 0 ? ">=" : "<"} ${sqlText(node)}`],
  );
  return [notNull, ...ends.flat()].join(" AND ");
}
