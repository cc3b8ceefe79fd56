import type { Row, Session } from "../../postgres/session.ts";

const states = `
select pg_catalog.format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value)::text, (last_value is not null)::text
from pg_catalog.pg_sequences`;

/** Where every sequence stands. */
export function sequenceStates(session: Session): Promise<readonly Row[]> {
  return session.query(states);
}

/** Sets back what a rolled-back transaction has advanced. */
export async function restoreSequences(session: Session, before: readonly Row[]): Promise<void> {
  if (before.length === 0) return;
  const now = new Map((await session.query(states)).map((row) => [row[0], row.join()]));
  for (const [name, value, called] of before) {
    if (now.get(name ?? "") === [name, value, called].join()) continue;
    await session.query("select pg_catalog.setval($1::regclass, $2::bigint, $3::boolean)", [
      name ?? "",
      value ?? "",
      called ?? "",
    ]);
  }
}
