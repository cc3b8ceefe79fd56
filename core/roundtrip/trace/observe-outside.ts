import { lockModes } from "../../catalog/locks.ts";
import type { Row, Session } from "../../postgres/session.ts";
import { type Limits, runText } from "../run-script.ts";
import { handIn } from "./look.ts";
import { type Relation, type Relations, relationsNow } from "./relations.ts";
import { isRewritten, isTable, lockOn, strengthOf, strongestFirst } from "./tell-looks.ts";
import { type TracedStatement, untraced } from "./traced-statement.ts";

/** Tables that a statement names, or whose index it names: to be locked ahead of it. */
const named = `
select distinct pg_catalog.format('%I.%I', n.nspname, t.relname)
from pg_catalog.pg_class c
  left join pg_catalog.pg_index i on i.indexrelid = c.oid
  join pg_catalog.pg_class t on t.oid = coalesce(i.indrelid, c.oid)
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
where t.relkind in ('r', 'p') and t.oid >= 16384 and n.nspname !~ '^pg_'
  and pg_catalog.strpos(pg_catalog.lower($1), pg_catalog.lower(c.relname)) > 0`;

const held = `
select relation::text, mode, granted::text from pg_catalog.pg_locks
where pid = $1::int and (not granted or (locktype = 'relation' and relation >= 16384))`;

const counters = `
select relid::text, seq_scan::text, seq_tup_read::text, (n_tup_ins + n_tup_upd + n_tup_del)::text
from pg_catalog.pg_stat_all_tables where relid >= 16384`;

/**
 * Runs a statement that refuses to run in a transaction, and really does what it says; another session looks on. So
 * that no lock goes by unseen, that session holds two gates on the tables that the statement names: SHARE UPDATE
 * EXCLUSIVE, which every such statement has to wait for at its first lock, and ROW EXCLUSIVE, which it waits for while
 * it holds the locks of its long part.
 */
export async function observeOutside(
  runner: Session,
  watch: Session,
  sql: string,
  limits: Limits,
): Promise<TracedStatement> {
  const [[pid = null] = []] = await runner.query("select pg_catalog.pg_backend_pid()::text");
  const relations = await relationsNow(watch);
  const before = await countersOf(watch);
  const strengths = new Map<string, number>();
  const gates = (await watch.query(named, [sql])).map(([table]) => table);
  const started = performance.now();
  await watch.execute(gates.length > 0 ? closeGates(gates.join(", ")) : "BEGIN; SAVEPOINT gate");
  const running = runText(runner, sql, limits);
  let settled = false;
  const end = running.finally(() => {
    settled = true;
  });
  try {
    const opening = gates.length > 0 ? ["ROLLBACK TO SAVEPOINT gate", "COMMIT"] : ["COMMIT"];
    for (const open of opening) {
      while (!settled && !(await sample(watch, pid, strengths))) await pause();
      // What it goes on to lock shows only after it was let through.
      await watch.execute(open);
      await pause();
    }
    while (!settled) {
      await sample(watch, pid, strengths);
      await pause();
    }
  } finally {
    await watch.execute("ROLLBACK");
    await end;
  }
  const ms = performance.now() - started;
  const run = await running;
  if (run.kind !== "done")
    return untraced(run.kind === "failed" ? run.error.message : run.kind.replace("-", " "), ms);
  await runner.execute(handIn);
  return told({
    sql,
    ms,
    strengths,
    relations,
    now: await relationsNow(watch),
    before,
    after: await countersOf(watch),
  });
}

function closeGates(tables: string): string {
  return `BEGIN; LOCK TABLE ONLY ${tables.replaceAll(", ", ", ONLY ")} IN ROW EXCLUSIVE MODE; SAVEPOINT gate;
LOCK TABLE ONLY ${tables.replaceAll(", ", ", ONLY ")} IN SHARE UPDATE EXCLUSIVE MODE`;
}

/** Notes the locks that the process has or waits for. Is it waiting? */
async function sample(watch: Session, pid: string | null, strengths: Map<string, number>): Promise<boolean> {
  const rows = await watch.query(held, [pid]);
  for (const [oid, mode] of rows) {
    if (oid) strengths.set(oid, Math.max(strengths.get(oid) ?? -1, strengthOf(mode ?? "")));
  }
  return rows.some(([, , granted]) => granted === "false");
}

interface Evidence {
  readonly sql: string;
  readonly ms: number;
  readonly strengths: ReadonlyMap<string, number>;
  readonly relations: Relations;
  readonly now: Relations;
  readonly before: ReadonlyMap<string, Row>;
  readonly after: ReadonlyMap<string, Row>;
}

async function told(evidence: Evidence): Promise<TracedStatement> {
  const { sql, ms, strengths, before, after } = evidence;
  const existing = await evidence.relations.of([]);
  const present = await evidence.now.of([]);
  const locks = [...strengths].flatMap(([oid, strength]) => {
    const [relation, mode] = [existing.get(oid), lockModes[strength]];
    return relation && mode ? [lockOn(relation, mode, isNew(relation, present.get(oid), sql))] : [];
  });
  let rowsWritten = 0;
  const scans = [...existing].flatMap(([oid, relation]) => {
    const [was, is] = [before.get(oid), after.get(oid)];
    if (!is || !isTable(relation)) return [];
    const grown = (column: number) => Number(is[column] ?? 0) - Number(was?.[column] ?? 0);
    rowsWritten += grown(3);
    return grown(1) > 0 ? [{ object: relation.name, rows: grown(2) }] : [];
  });
  return { locks: strongestFirst(locks), scans, rowsWritten, ms };
}

function isNew(relation: Relation, now: Relation | undefined, sql: string): boolean {
  return now !== undefined && isRewritten(relation, relation, now, sql);
}

async function countersOf(session: Session): Promise<ReadonlyMap<string, Row>> {
  return new Map((await session.query(counters)).map((row) => [row[0] ?? "", row]));
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2));
}
