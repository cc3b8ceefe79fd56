import type { Session } from "../session.ts";

/** "swbk" in ASCII: advisory locks of Switchback among those of everybody else. */
const space = 0x7377626b;

/** Says to other runs that this one is alive: the lock goes when the connection does, `kill -9` included. */
export async function takeRunLock(session: Session, run: string): Promise<void> {
  await session.query("select pg_advisory_lock($1::int, $2::int)", [space, Number.parseInt(run, 16) | 0]);
}

/**
 * Scratch databases of runs that hold no lock any more and that we may drop, with what their comment says. A superuser
 * may drop everybody's; only of one's own nobody else can have written what else there is to drop.
 */
export const abandonedDatabases = `
  select d.datname, case when d.datdba = (select oid from pg_roles where rolname = current_user)
    then shobj_description(d.oid, 'pg_database') end from pg_database d
  where d.datname ~ '^switchback_[0-9a-f]{8}_[0-9a-f]{6}$' and pg_has_role(d.datdba, 'USAGE')
    and not exists (select from pg_locks l where l.locktype = 'advisory' and l.classid = ${space} and l.granted
      and l.objid::bigint = ('x' || substr(d.datname, 12, 8))::bit(32)::bigint)`;
