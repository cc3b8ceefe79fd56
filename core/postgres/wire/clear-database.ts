import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { literal } from "../../sql/literal.ts";
import type { Session } from "../session.ts";

/** Removes what a migration may leave behind that even DROP DATABASE … WITH (FORCE) refuses to drop. */
export async function clearDatabase(session: Session): Promise<void> {
  const prepared = await session.query(
    "select gid from pg_prepared_xacts where database = current_database()",
  );
  for (const [gid] of prepared) await session.execute(`ROLLBACK PREPARED ${literal(gid ?? "")}`);

  const subscriptions = await session.query(
    "select subname from pg_subscription where subdbid = (select oid from pg_database where datname = current_database())",
  );
  for (const [subscription] of subscriptions) {
    const name = quoteIdentifier(subscription ?? "");
    await session.execute(`ALTER SUBSCRIPTION ${name} DISABLE`);
    await session.execute(`ALTER SUBSCRIPTION ${name} SET (slot_name = NONE)`);
    await session.execute(`DROP SUBSCRIPTION ${name}`);
  }

  await session.query(`
    select pg_terminate_backend(active_pid) from pg_replication_slots
    where database = current_database() and active_pid is not null`);
  await session.query(`
    select pg_drop_replication_slot(slot_name) from pg_replication_slots
    where database = current_database() and active_pid is null`);
}
