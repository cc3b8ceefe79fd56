import type { Migration, Script } from "../migration/model.ts";
import { type Engine, EngineUnavailableError } from "../postgres/session.ts";
import type { RoundTrip, RunError } from "../report/model.ts";
import { proveMigrations } from "./prove-migrations.ts";
import type { ProveOptions } from "./prove-options.ts";

export interface SideBySideOptions extends ProveOptions {
  /** Starts one more engine of the same kind; who asks for it stops it. */
  readonly another: () => Promise<Engine>;
  /** Names of the migrations that each engine proves, in the order of the runner; the first part is for `engine`. */
  readonly parts: readonly ReadonlySet<string>[];
}

type Proof = AsyncGenerator<RoundTrip, RunError | undefined>;
type Steps = readonly Promise<IteratorResult<RoundTrip, RunError | undefined>>[];

/**
 * `proveMigrations` in parts, at the same time, each on a server of its own: what a migration does to its server, or
 * leaves on it, reaches no other part. Yields in the order of the runner.
 */
export async function* proveSideBySide({ parts, another, ...options }: SideBySideOptions): Proof {
  const [first] = parts;
  // Who reads of one server looks at it between two migrations.
  if (parts.length < 2) return yield* proveMigrations({ ...options, ...(first && { only: first }) });
  const { signal } = options;
  const end = new AbortController();
  let engine = options.engine;
  const shared: ProveOptions = {
    ...options,
    reopen: async () => {
      engine = await options.reopen();
      return engine;
    },
    onStart: countingStarts(options, parts),
    signal: signal ? AbortSignal.any([signal, end.signal]) : end.signal,
  };
  const running = parts.map(async (only, i) => {
    if (i === 0) return ahead(proveMigrations({ ...shared, only }), only);
    const own = await opened(another);
    return own && ahead(onServerOfItsOwn({ ...shared, engine: own, only }, another), only);
  });
  // Whoever reads that far meets the error; until then nobody has failed to handle it.
  for (const part of running) part.catch(() => {});
  try {
    for (const [i, only] of parts.entries()) {
      const steps = await running[i];
      // Where there is no room for one more server, the first one goes on.
      const proof = steps ? inOrder(steps) : proveMigrations({ ...shared, engine, only, cache: undefined });
      const problem = yield* proof;
      if (problem) return problem;
    }
    return undefined;
  } finally {
    end.abort();
    await Promise.all(running.map(ended));
  }
}

/** The state before the part is nobody's to keep: with the next migration the parts begin elsewhere. */
async function* onServerOfItsOwn(options: ProveOptions, another: () => Promise<Engine>): Proof {
  let { engine } = options;
  const reopen = async () => {
    engine = await another();
    return engine;
  };
  try {
    return yield* proveMigrations({ ...options, reopen, cache: undefined });
  } finally {
    await engine.stop();
  }
}

async function ended(part: Promise<Steps | undefined>): Promise<void> {
  try {
    await Promise.allSettled((await part) ?? []);
  } catch {
    // It never began.
  }
}

async function opened(another: () => Promise<Engine>): Promise<Engine | undefined> {
  try {
    return await another();
  } catch (error) {
    if (error instanceof EngineUnavailableError) return undefined;
    throw error;
  }
}

/** Runs a proof without waiting for whoever reads it: a generator takes the questions in turn, asked all at once. */
function ahead(proof: Proof, names: ReadonlySet<string>): Steps {
  const steps = Array.from({ length: names.size + 1 }, () => proof.next());
  for (const step of steps) step.catch(() => {});
  return steps;
}

async function* inOrder(steps: Steps): Proof {
  for (const step of steps) {
    const result = await step;
    if (result.done) return result.value;
    yield result.value;
  }
  return undefined;
}

/** A part counts its own; who watches wants to know how far all of them are. */
function countingStarts(
  { migrations, onStart }: ProveOptions,
  [first]: SideBySideOptions["parts"],
): ProveOptions["onStart"] {
  if (!onStart) return undefined;
  let started = migrations.findIndex(({ name }) => first?.has(name));
  return (migration) => onStart(migration, started++, migrations.length);
}

/** From so many migrations on one more server is worth its start. */
const worthAServer = 30;
/** To start another server takes as long as proving that many. */
const starting = 18;
/** What stands before a part is applied, each at this much of proving it. */
const applying = 0.1;

/**
 * Parts that end at the same time, in the order of the list: a later one starts its server and has more to apply, so it
 * has less to prove. `servers` is how many there may be.
 */
export function partsOf(migrations: readonly Migration[], servers: number): ReadonlySet<string>[] {
  const count = Math.max(1, Math.min(servers, Math.floor(migrations.length / worthAServer)));
  const costs = costsOf(migrations);
  let time = Math.floor(migrations.length / count);
  while (edgesAfter(time, costs, count).length < count) time += 1;
  const edges = edgesAfter(time, costs, count);
  return edges.map((edge, i) => namesOf(migrations.slice(edges[i - 1] ?? 0, edge)));
}

/** What it takes to prove each, in averages: half of it goes with the length of the SQL, half is the same for all. */
function costsOf(migrations: readonly Migration[]): number[] {
  const sizes = migrations.map(({ up, down }) => lengthOf(up) + lengthOf(down));
  const average = sizes.reduce((sum, size) => sum + size, 0) / sizes.length || 1;
  return sizes.map((size) => 0.5 + (0.5 * size) / average);
}

/** Where each part ends in the time that the first has, up to the one that ends with the list; fewer where none does. */
function edgesAfter(time: number, costs: readonly number[], count: number): number[] {
  const edges: number[] = [];
  let edge = 0;
  let before = 0;
  while (edges.length < count) {
    let left = edges.length === 0 ? time : time - starting - applying * before;
    for (; edge < costs.length && left > 0; edge++) {
      left -= costs[edge] ?? 0;
      before += costs[edge] ?? 0;
    }
    edges.push(edge);
  }
  return edge < costs.length ? [] : edges;
}

function lengthOf(script: Script | undefined): number {
  return script ? script.end - script.start : 0;
}

function namesOf(migrations: readonly Migration[]): ReadonlySet<string> {
  return new Set(migrations.map(({ name }) => name));
}
