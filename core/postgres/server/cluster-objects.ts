import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { literal } from "../../sql/literal.ts";
import type { Row } from "../session.ts";

/** Something that belongs to the server and not to one database, and how to remove it. */
export interface ClusterObject {
  /** `role`, `database`, `tablespace`, `replication slot` */
  readonly kind: string;
  readonly name: string;
  readonly drop: string;
}

export const clusterObjectsQuery = `
  select 'role', rolname from pg_roles where rolname !~ '^pg_'
  union all select 'database', datname from pg_database
  union all select 'tablespace', spcname from pg_tablespace
  union all select 'replication slot', slot_name from pg_replication_slots where database is null`;

/** In the order in which they can be dropped: what may belong to a role before the role. */
export const kinds = ["database", "tablespace", "replication slot", "role"];

/** What is there now, was not there before, and is named in SQL that we sent: others use the server at the same time. */
export function createdObjects(
  before: readonly Row[],
  now: readonly Row[],
  named: (name: string) => boolean,
): ClusterObject[] {
  const known = new Set(before.map((row) => row.join(" ")));
  const created = now
    .filter((row) => !known.has(row.join(" ")))
    .map(([kind, name]) => [kind ?? "", name ?? ""] as const)
    .filter(([, name]) => named(name));
  return inDropOrder(created).map(([kind, name]) => ({ kind, name, drop: dropStatement(kind, name) }));
}

export function inDropOrder<T extends readonly [kind: string, name: string]>(objects: readonly T[]): T[] {
  return [...objects].sort(([a], [b]) => kinds.indexOf(a) - kinds.indexOf(b));
}

export function dropStatement(kind: string, name: string): string {
  if (kind === "replication slot") return `SELECT pg_drop_replication_slot(${literal(name)})`;
  const force = kind === "database" ? " WITH (FORCE)" : "";
  return `DROP ${kind.toUpperCase()} IF EXISTS ${quoteIdentifier(name)}${force}`;
}
