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

/** Kind, name, and what stays the same when it is renamed. */
export const clusterObjectsQuery = `
  select 'role', rolname, oid::text from pg_roles where rolname !~ '^pg_'
  union all select 'database', datname, oid::text from pg_database
  union all select 'tablespace', spcname, oid::text from pg_tablespace
  union all select 'replication slot', slot_name, slot_name::text from pg_replication_slots where database is null`;

/** In the order in which they can be dropped: what may belong to a role before the role. */
export const kinds = ["database", "tablespace", "replication slot", "role"];

/** What is there now, was not there before, and is named in SQL that we sent: others use the server at the same time. */
export function createdObjects(
  before: readonly Row[],
  now: readonly Row[],
  named: (name: string) => boolean,
): ClusterObject[] {
  // One that was renamed is no new one, nor is one that was dropped and made again.
  const known = new Set(before.flatMap(([kind, name, id]) => [`${kind} ${name}`, `${kind} #${id}`]));
  const created = now
    .filter(([kind, name, id]) => !known.has(`${kind} ${name}`) && !known.has(`${kind} #${id}`))
    .map(([kind, name]) => [kind ?? "", name ?? ""] as const)
    .filter(([, name]) => named(name));
  return inDropOrder(created).map(([kind, name]) => ({ kind, name, drop: dropStatement(kind, name) }));
}

/** SQL that gives what was renamed, and is named in SQL that we sent, the name back that it had. */
export function renamedBack(
  before: readonly Row[],
  now: readonly Row[],
  named: (name: string) => boolean,
): string[] {
  const names = new Map(before.map(([kind, name, id]) => [`${kind} #${id}`, name ?? ""]));
  return now.flatMap(([kind, name = "", id]) => {
    const old = names.get(`${kind} #${id}`);
    if (old === undefined || name === null || old === name || !named(name)) return [];
    return [`ALTER ${kind?.toUpperCase()} ${quoteIdentifier(name)} RENAME TO ${quoteIdentifier(old)}`];
  });
}

export function inDropOrder<T extends readonly [kind: string, name: string]>(objects: readonly T[]): T[] {
  return [...objects].sort(([a], [b]) => kinds.indexOf(a) - kinds.indexOf(b));
}

export function dropStatement(kind: string, name: string): string {
  if (kind === "replication slot") return `SELECT pg_drop_replication_slot(${literal(name)})`;
  const force = kind === "database" ? " WITH (FORCE)" : "";
  return `DROP ${kind.toUpperCase()} IF EXISTS ${quoteIdentifier(name)}${force}`;
}
