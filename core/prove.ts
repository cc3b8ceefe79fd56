import type { CheckInput } from "./check-input.ts";
import type { CheckPorts } from "./check-ports.ts";
import type { Migration } from "./migration/model.ts";
import type { FolderReading } from "./migration/read-migrations.ts";
import { extensionHelp } from "./outside-help.ts";
import { type Engine, EngineLostError, EngineUnavailableError } from "./postgres/session.ts";
import type { EngineInfo, RoundTrip, RunError, WalkDown } from "./report/model.ts";
import { fixturesByVersion } from "./roundtrip/data/fixtures.ts";
import type { ProveOptions } from "./roundtrip/prove-options.ts";
import { version } from "./version.ts";

export interface Proof {
  readonly engine?: EngineInfo;
  /** Why nothing was proved. */
  readonly unproved?: string;
  readonly roundTrips: readonly RoundTrip[];
  readonly walkDown?: WalkDown;
  /** Ups that did not go through, of migrations that are not reported on. */
  readonly earlier?: readonly EarlierFailure[];
  /** See `Report`. */
  readonly clusterObjects?: readonly string[];
}

export interface EarlierFailure {
  readonly migration: string;
  readonly error: RunError;
}

export interface ProofTask {
  readonly input: CheckInput;
  readonly ports: CheckPorts;
  readonly folder: FolderReading;
  /** What is reported on, by all shards together. */
  readonly whole: readonly Migration[];
  /** What this run proves of it. */
  readonly reported: readonly Migration[];
}

/** The half of a check that runs the migrations. */
export async function prove(task: ProofTask, openEngine: () => Promise<Engine>): Promise<Proof> {
  const { baseline } = task.input;
  if (baseline && firstMigration(task) === 0) return { unproved: baselineForNothing, roundTrips: [] };
  if (baseline?.text.startsWith("PGDMP")) return { unproved: notPlain(baseline.path), roundTrips: [] };
  // A script may take an engine down; whoever opens another one then has stopped the first.
  let engine: Engine | undefined;
  const open = async () => {
    engine = await openEngine();
    return engine;
  };
  try {
    const proof = await proveOn(await open(), { reopen: open, another: openEngine }, task);
    if (proof.unproved !== undefined || !engine) return proof;
    return { ...proof, ...(await walk(task, engine, open)) };
  } catch (error) {
    if (error instanceof EngineUnavailableError) return { unproved: error.message, roundTrips: [] };
    throw error;
  } finally {
    await engine?.stop();
  }
}

function notPlain(path: string): string {
  return `nothing was proved, the baseline ${path} is an archive of pg_dump: make a plain dump with pg_dump --schema-only, or SQL of this one with pg_restore --schema-only --file schema.sql ${path}`;
}

const baselineForNothing = [
  "nothing was proved: a baseline stands for the migrations before the first that is reported, and that is the first of all",
  "  --start-after <version>   the last migration that the dump holds",
  "  --last <n>, --base <ref>  or what comes after it",
].join("\n");

async function proveOn(
  engine: Engine,
  more: { readonly reopen: () => Promise<Engine>; readonly another: () => Promise<Engine> },
  task: ProofTask,
): Promise<Proof> {
  const { onProgress } = task.ports;
  const { name, postgres, note } = engine;
  const info = { name, postgres, ...(note === undefined ? {} : { note }) };
  onProgress?.({ kind: "engine", name, postgres });
  // Only a run that proves something pays for loading what proves it.
  const { partsOf, proveSideBySide } = await import("./roundtrip/side-by-side.ts");
  const roundTrips: RoundTrip[] = [];
  const beside = new Set<string>();
  const earlier = new Map<string, RunError>();
  const told = () => ({
    ...(beside.size > 0 ? { clusterObjects: [...beside].sort() } : {}),
    ...(earlier.size > 0 ? { earlier: inOrder(earlier, task.folder) } : {}),
  });
  const parts = partsOf(task.reported, serversFor(engine, task));
  const elsewhere = toldElsewhere(task);
  const run = proveSideBySide({
    ...optionsOf(task, task.reported),
    engine,
    ...more,
    parts,
    onEarlierFailure: ({ name: migration }, error) => {
      if (!elsewhere.has(migration)) earlier.set(migration, error);
    },
  });
  for (;;) {
    const step = await run.next().catch((error: unknown) => {
      if (error instanceof EngineUnavailableError && roundTrips.length > 0) return error;
      throw error;
    });
    // What was proved stays proved.
    if (step instanceof EngineUnavailableError)
      return {
        engine: info,
        unproved: `PostgreSQL was lost and did not come back: ${step.message}`,
        roundTrips,
        ...told(),
      };
    if (step.done) {
      const problem = step.value;
      return {
        engine: info,
        ...(problem ? { unproved: problemWords(problem, task) } : {}),
        roundTrips,
        ...told(),
      };
    }
    roundTrips.push(step.value);
    // Looked at while it is there: the end of the run removes it.
    for (const object of await clusterObjectsOf(engine)) beside.add(object);
    onProgress?.({ kind: "proved", roundTrip: step.value });
  }
}

/** Each part meets them in an order of its own. */
function inOrder(earlier: ReadonlyMap<string, RunError>, { migrations }: FolderReading): EarlierFailure[] {
  return migrations.flatMap(({ name }) => {
    const error = earlier.get(name);
    return error ? [{ migration: name, error }] : [];
  });
}

/** How many servers may prove at a time. */
function serversFor({ processors }: Engine, { input: { config, fixtures } }: ProofTask): number {
  // Rows that one migration finds are those that the ones before it left.
  if (processors === undefined || config.withData || fixtures) return 1;
  return config.jobs ?? Math.min(processors, mostServers);
}

/** Unless somebody asks for more: each has memory and a start of its own. */
const mostServers = 4;

async function clusterObjectsOf(engine: Engine): Promise<readonly string[]> {
  try {
    return (await engine.clusterObjects?.()) ?? [];
  } catch (error) {
    // The next migration finds out whether the server comes back.
    if (error instanceof EngineLostError) return [];
    throw error;
  }
}

/** Where several machines share the work, the last one goes all the way down. */
async function walk(
  task: ProofTask,
  engine: Engine,
  reopen: () => Promise<Engine>,
): Promise<{ walkDown?: WalkDown }> {
  const { config, shard } = task.input;
  if (!config.walkDown || (shard && shard.index < shard.count)) return {};
  const { walkDown } = await import("./roundtrip/walk-down.ts");
  const walked = await walkDown({ ...optionsOf(task, task.whole), engine, reopen });
  // What a dump holds is the state after a version, too.
  const dumped = task.input.baseline && task.folder.migrations[firstMigration(task) - 1]?.version;
  return { walkDown: { ...(dumped === undefined ? {} : { to: dumped }), ...walked } };
}

function optionsOf(task: ProofTask, only: readonly Migration[]): Omit<ProveOptions, "engine" | "reopen"> {
  const { input, ports, folder } = task;
  const { prelude, baseline, config } = input;
  return {
    migrations: folder.migrations.slice(baseline ? firstMigration(task) : 0),
    layout: folder.layout.name,
    ...(prelude ? { prelude: { ...prelude, bom: false } } : {}),
    ...(baseline ? { baseline: { ...baseline, bom: false } } : {}),
    timeoutMs: config.timeout * 1000,
    locks: config.locks,
    idempotent: config.idempotent,
    cache: config.cache ? version : undefined,
    ...(config.withData || input.fixtures
      ? {
          rows: {
            fill: config.withData,
            fixtures: fixturesByVersion(input.fixtures ?? []),
            toldElsewhere: toldElsewhere(task),
          },
        }
      : {}),
    only: new Set(only.map((migration) => migration.name)),
    signal: ports.signal,
    onStart: (migration, index, total) =>
      ports.onProgress?.({ kind: "proving", name: migration.name, index: index + 1, total }),
  };
}

/** What every shard applies is told by one of them: by the one that reports on it, else by the first. */
function toldElsewhere({ input: { shard }, whole, folder }: ProofTask): ReadonlySet<string> {
  const others = shard && shard.index > 1 ? folder.migrations : whole;
  return new Set(others.map(({ name }) => name));
}

/** Place of the first migration that is reported on. */
function firstMigration({ folder, whole }: ProofTask): number {
  const [first] = whole;
  return first ? folder.migrations.indexOf(first) : 0;
}

function problemWords({ file, range, sqlstate, message }: RunError, { input }: ProofTask): string {
  const what = file === input.baseline?.path ? "baseline" : "prelude";
  const place = range ? `:${range.start.line}:${range.start.column}` : "";
  const words = `nothing was proved, the ${what} fails at ${file}${place}: ${sqlstate ?? ""} ${message}`;
  const elsewhere = extensionHelp(message);
  if (elsewhere !== undefined) return `${words}; ${elsewhere}`;
  // Owners and grantees of production stand in every dump.
  return what === "baseline" && /^role ".*" does not exist$/.test(message)
    ? `${words}; dump with --no-owner --no-privileges, or make the role in a prelude`
    : words;
}
