import type { Session } from "../session.ts";

/** Settings on which the text of a definition depends, at fixed values. */
const settings: readonly (readonly [name: string, value: string])[] = [
  ["search_path", "pg_catalog, pg_temp"],
  ["quote_all_identifiers", "off"],
  ["datestyle", "ISO, YMD"],
  ["intervalstyle", "postgres"],
  ["timezone", "UTC"],
  ["extra_float_digits", "1"],
  ["bytea_output", "hex"],
  ["lc_monetary", "C"],
  ["statement_timeout", "0"],
  ["lock_timeout", "0"],
  ["jit", "off"],
  ["plan_cache_mode", "force_generic_plan"],
];

/**
 * Catalogs are rarely analysed, so that plans by statistics are plans by chance. Few objects among many are looked up
 * by index.
 */
const lookups: readonly (readonly [name: string, value: string])[] = [
  ["enable_hashjoin", "off"],
  ["enable_mergejoin", "off"],
  ["enable_seqscan", "off"],
  ["enable_bitmapscan", "off"],
];

function assignments(scope: "session" | "local", few: boolean): string {
  return [...settings, ...(few ? lookups : [])]
    .map(([name, value]) => `set ${scope} ${name} = ${name === "search_path" ? value : `'${value}'`}`)
    .join("; ");
}

/** Makes a session read alike for good: for one that no migration uses. */
export async function quieten(session: Session): Promise<void> {
  await session.execute(assignments("session", true));
}

/**
 * Reads in a transaction of its own that sees one state and leaves nothing behind: for a session that migrations use
 * too. It must not have a transaction open. `few` where only some objects are read.
 */
export async function inQuiet<T>(session: Session, few: boolean, read: () => Promise<T>): Promise<T> {
  try {
    await session.execute(
      `begin isolation level repeatable read; set local session authorization default; set local role none; ${assignments("local", few)}`,
    );
    return await read();
  } finally {
    if (session.alive) await session.execute("rollback");
  }
}
