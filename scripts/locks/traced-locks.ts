import type { Engine } from "#core/postgres/session.ts";
import { traceStatements } from "#core/roundtrip/trace/trace-statements.ts";
import { afterwards, schema, shapes } from "./statement-shapes.ts";

/** `ACCESS EXCLUSIVE table public.users, rewrite, scan`: one line per relation, sorted. */
export interface TracedShape {
  readonly sql: string;
  readonly locks: readonly string[];
}

/** Modes below this block nobody but an ACCESS EXCLUSIVE, and are not kept. */
const quiet: ReadonlySet<string> = new Set(["ACCESS SHARE", "ROW SHARE"]);
const relations: ReadonlySet<string> = new Set(["table", "view", "materialized view"]);

/** Runs every shape on a real server, each on the same schema. */
export async function tracedLocks(engine: Engine): Promise<TracedShape[]> {
  const database = await engine.createDatabase();
  const limits = { timeoutMs: 30_000 };
  const traced: TracedShape[] = [];
  const sessions = { runner: await database.connect(), watch: await database.connect() };
  await sessions.runner.execute(schema);
  for (const sql of shapes) {
    const { statements, committed } = await traceStatements(sessions, [sql], limits);
    const [only] = statements;
    if (only?.untraced !== undefined) {
      traced.push({ sql, locks: [`not traced: ${only.untraced}`] });
      continue;
    }
    // How a table that is merely looked up is read is the planner's choice; in the schema those are empty.
    const scanned = new Set(only?.scans.filter(({ rows }) => rows > 0).map(({ object }) => object));
    const locks = (only?.locks ?? []).filter(({ kind, mode }) => relations.has(kind) && !quiet.has(mode));
    traced.push({
      sql,
      locks: locks.map((lock) => lockLine({ ...lock, scanned: scanned.has(lock.object) })).sort(),
    });
    if (!committed) continue;
    // What ran outside of a transaction is there to stay: the next shape finds a fresh schema.
    await sessions.runner.execute(
      `DROP SCHEMA public CASCADE; CREATE SCHEMA public; ${afterwards}; ${schema}`,
    );
  }
  await sessions.runner.execute(`DROP SCHEMA public CASCADE; ${afterwards}`);
  await sessions.runner.close();
  await sessions.watch.close();
  await database.drop();
  return traced;
}

export function lockLine(lock: {
  readonly mode: string;
  readonly kind: string;
  readonly object: string;
  readonly rewritten: boolean;
  readonly scanned: boolean;
}): string {
  // Whoever writes rows finds them as the planner likes.
  const scanned = lock.scanned && lock.mode !== "ROW EXCLUSIVE";
  const work = lock.rewritten ? ", rewrite" : scanned ? ", scan" : "";
  return `${lock.mode} ${lock.kind} ${lock.object}${work}`;
}
