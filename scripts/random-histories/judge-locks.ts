import { kindIn, nameIn } from "#core/catalog/key-parts.ts";
import { lockModes } from "#core/catalog/locks.ts";
import { type CatalogObject, keyOf } from "#core/catalog/model.ts";
import type { SimulationOptions } from "#core/catalog/simulate/simulation.ts";
import type { Migration, Script } from "#core/migration/model.ts";
import type { TraceSessions } from "#core/roundtrip/trace/in-transaction.ts";
import { traceStatements } from "#core/roundtrip/trace/trace-statements.ts";
import { lockLine } from "../locks/traced-locks.ts";
import { simulateUp } from "../simulated-against-real/compare-up.ts";

interface Held {
  readonly kind: string;
  readonly object: string;
  readonly mode: string;
  readonly rewritten: boolean;
}

/**
 * Does a migration take the locks that are foreseen, on what is there before it? `sessions` are in that state, and still
 * are afterwards. Of a script that renames, nothing is said: a trace knows only one name of each.
 */
export async function judgeLocks(
  sessions: TraceSessions,
  migration: Migration,
  script: Script,
  before: readonly CatalogObject[],
  target: SimulationOptions,
): Promise<string[]> {
  const { text } = script.file;
  if (/\b(?:RENAME|SET SCHEMA)\b/.test(text)) return [];
  const { steps } = simulateUp(migration, script, before, target);
  const statements = steps.map(({ statement }) => text.slice(statement.start, statement.end));
  const { statements: traced, committed } = await traceStatements(sessions, statements, {
    timeoutMs: 30_000,
  });
  if (committed || traced.some(({ untraced }) => untraced !== undefined)) return [];
  const known = new Map(before.map((object) => [keyOf(object.kind, object.name), object]));
  const real = strongest(
    known,
    traced.flatMap(({ locks }) => locks),
  );
  const foreseen = strongest(
    known,
    steps.flatMap(({ outcome }) =>
      (outcome.locks ?? []).map(({ key, mode, rewrite }) => ({
        kind: kindIn(key),
        object: nameIn(key),
        mode,
        rewritten: rewrite === true,
      })),
    ),
  );
  return [
    ...real.filter((line) => !foreseen.includes(line)).map((line) => `locked, not foreseen: ${line}`),
    ...foreseen.filter((line) => !real.includes(line)).map((line) => `foreseen, not locked: ${line}`),
  ];
}

/** One line for each table and view that was there: the strongest lock that blocks writers, or more than them. */
function strongest(known: ReadonlyMap<string, CatalogObject>, locks: readonly Held[]): string[] {
  const held = new Map<string, Held>();
  for (const lock of locks) {
    const object = known.get(`${lock.kind} ${lock.object}`);
    if (!object || !relations.has(lock.kind)) continue;
    const other = held.get(object.name);
    const isStronger =
      !other || lockModes.indexOf(lock.mode as never) > lockModes.indexOf(other.mode as never);
    const rewritten = hasRows(object) && (lock.rewritten || other?.rewritten === true);
    held.set(object.name, { ...(isStronger ? lock : other), rewritten });
  }
  return [...held.values()]
    .filter(({ mode }) => lockModes.indexOf(mode as never) >= lockModes.indexOf("ROW EXCLUSIVE"))
    .map((lock) => lockLine({ ...lock, scanned: false }))
    .sort();
}

const relations: ReadonlySet<string> = new Set(["table", "view", "materialized view"]);

/** A partitioned table has nothing to be written anew. */
function hasRows(object: CatalogObject): boolean {
  return object.kind !== "table" || object.attributes.partitionKey === undefined;
}
