import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";

/**
 * Prints core/catalog/simulate/volatile-functions.ts from pg_proc of a server, with the extensions that come with
 * PostgreSQL. To be run by hand when a major version brings new functions:
 * node scripts/run.mjs scripts/read-volatile-functions.ts > core/catalog/simulate/volatile-functions.ts
 */
const engine = await openEmbedded({ major: 18 });
try {
  const database = await engine.createDatabase();
  const session = await database.connect();
  for (const extension of ["uuid-ossp", "pgcrypto", "tablefunc", "dblink", "tsm_system_rows"]) {
    await session.execute(`CREATE EXTENSION IF NOT EXISTS "${extension}"`).catch(() => undefined);
  }
  // What returns nothing that a column could hold, or a set, cannot be a default.
  const rows = await session.query(`
    SELECT p.proname FROM pg_proc p JOIN pg_type t ON t.oid = p.prorettype
    WHERE p.provolatile = 'v' AND p.prokind = 'f' AND NOT p.proretset AND t.typtype <> 'p'
    GROUP BY p.proname ORDER BY p.proname COLLATE "C"`);
  const names = rows.map(([name]) => `  ${name}`).join("\n");
  console.log(`/**
 * Functions of PostgreSQL ${engine.major} and of its extensions that are VOLATILE: pg_proc.provolatile = 'v'. Made by
 * scripts/read-volatile-functions.ts; not written by hand.
 */
export const volatileFunctions: ReadonlySet<string> = new Set(
  \`
${names}
  \`
    .trim()
    .split(/\\s+/),
);`);
  await session.close();
} finally {
  await engine.stop();
}
