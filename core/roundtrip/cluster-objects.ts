import { quoteIdentifier } from "../catalog/quote-identifier.ts";
import { PostgresError, type Session } from "../postgres/session.ts";

/** What belongs to the server and not to a database, as `kind name` and, whatever it is called later, as `kind #id`. */
export type ClusterObjects = ReadonlySet<string>;

const names = `
select 'database', datname::text, oid::text from pg_catalog.pg_database
union all select 'slot', slot_name::text, slot_name::text from pg_catalog.pg_replication_slots where database is null
union all select 'role', rolname::text, oid::text from pg_catalog.pg_roles`;

export async function clusterObjects(session: Session): Promise<ClusterObjects> {
  const rows = await session.query(names);
  return new Set(rows.flatMap(([kind, name, id]) => [`${kind} ${name}`, `${kind} #${id}`]));
}

/**
 * Removes what came to the server since `before`, as far as the scripts name it: another run may be making roles and
 * databases on the same server. The session's own database is about to be dropped, so what roles own in it may go.
 */
export async function removeNewClusterObjects(
  session: Session,
  before: ClusterObjects,
  isNamed: (name: string) => boolean,
): Promise<void> {
  const fresh = (await session.query(names))
    .map(([kind, name, id]) => ({ kind: kind ?? "", name: name ?? "", id }))
    .filter(({ kind, name, id }) => !before.has(`${kind} ${name}`) && !before.has(`${kind} #${id}`))
    .filter(({ name }) => isNamed(name));
  for (const { kind, name } of fresh) {
    if (kind === "role") await attempt(session, `DROP OWNED BY ${quoteIdentifier(name)} CASCADE`);
  }
  for (const { kind, name } of fresh) await attempt(session, dropOf(kind, name));
}

function dropOf(kind: string, name: string): string {
  const quoted = quoteIdentifier(name);
  if (kind === "database") return `DROP DATABASE ${quoted}`;
  if (kind === "slot") return `SELECT pg_drop_replication_slot('${name}')`;
  return `DROP ROLE ${quoted}`;
}

/** What still refuses to go is in use by somebody else, and theirs. */
async function attempt(session: Session, sql: string): Promise<void> {
  try {
    await session.execute(sql);
  } catch (error) {
    if (!(error instanceof PostgresError)) throw error;
  }
}
