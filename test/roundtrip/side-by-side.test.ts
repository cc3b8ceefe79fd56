import { afterAll, describe, expect, it } from "vitest";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import type { Migration } from "#core/migration/model.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { type Engine, EngineUnavailableError } from "#core/postgres/session.ts";
import type { RoundTrip } from "#core/report/model.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import type { ProveOptions } from "#core/roundtrip/prove-options.ts";
import { partsOf, proveSideBySide, type SideBySideOptions } from "#core/roundtrip/side-by-side.ts";
import { EngineHolder } from "./engine-holder.ts";

const engines = new EngineHolder(() => openEmbedded({ major: 18 }));
afterAll(() => engines.stop());

/** Each builds on the one before it, and each second one does something to its server. */
const folder = migrations(
  ["CREATE ROLE side_reader; CREATE TABLE a (id bigint)", "DROP TABLE a; DROP ROLE side_reader"],
  ["ALTER TABLE a ADD b text", "ALTER TABLE a DROP b"],
  ["ALTER TABLE a ADD c text; GRANT SELECT ON a TO side_reader", "ALTER TABLE a DROP c"],
  ["ALTER TABLE a ADD d text", "ALTER TABLE a DROP wrong"],
  ["SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()", "SELECT 1"],
  ["CREATE VIEW v AS SELECT d FROM a", "DROP VIEW v"],
);

function migrations(...pairs: [string, string][]): readonly Migration[] {
  const files = pairs.flatMap(([up, down], index) => [
    { path: `${index + 1}_m.up.sql`, bytes: Buffer.from(up) },
    { path: `${index + 1}_m.down.sql`, bytes: Buffer.from(down) },
  ]);
  return readMigrations("", files, golangMigrate).migrations;
}

/** Engines that were asked for, and how many of them still run. */
class Others {
  started = 0;
  running = 0;

  readonly another = async (): Promise<Engine> => {
    const engine = await openEmbedded({ major: 18 });
    this.started += 1;
    this.running += 1;
    return {
      ...engine,
      stop: async () => {
        await engine.stop();
        this.running -= 1;
      },
    };
  };
}

async function options(changes: Partial<SideBySideOptions> = {}): Promise<SideBySideOptions> {
  return {
    migrations: folder,
    layout: golangMigrate.name,
    engine: await engines.current(),
    reopen: engines.reopen,
    timeoutMs: 20_000,
    another: new Others().another,
    parts: thirds,
    ...changes,
  };
}

const thirds = [
  ["1_m", "2_m"],
  ["3_m", "4_m"],
  ["5_m", "6_m"],
].map((names) => new Set(names));

type Told = Omit<RoundTrip, "ms" | "phases">;

async function told(run: AsyncIterable<RoundTrip>): Promise<Told[]> {
  const found: Told[] = [];
  for await (const { ms, phases, ...rest } of run) {
    expect(ms).toBeGreaterThan(0);
    found.push({ ...rest, ...{ phases: phases.map(({ ms: _, ...phase }) => phase) } });
  }
  return found;
}

async function oneByOne(): Promise<Told[]> {
  const { parts: _, another: __, ...rest } = await options();
  return told(proveMigrations(rest satisfies ProveOptions));
}

describe("parts of a folder on servers of their own", () => {
  it("say what one server says, in the order of the runner", async () => {
    const others = new Others();
    const found = await told(proveSideBySide(await options({ another: others.another })));
    expect(found).toEqual(await oneByOne());
    expect(found.map(({ verdict }) => verdict.status)).toEqual([
      "reversible",
      "reversible",
      "drift",
      "down-failed",
      "reversible",
      "reversible",
    ]);
    expect(others).toMatchObject({ started: 2, running: 0 });
  });

  it("are proved on the first server where no other can be started", async () => {
    const another = () => Promise.reject(new EngineUnavailableError("no room"));
    expect(await told(proveSideBySide(await options({ another })))).toEqual(await oneByOne());
  });

  it("count together for whoever watches", async () => {
    const places: string[] = [];
    const onStart: ProveOptions["onStart"] = (_, index, total) => places.push(`${index + 1}/${total}`);
    await told(proveSideBySide(await options({ onStart })));
    expect(places).toEqual(["1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
  });

  it("tell once what is wrong with the prelude", async () => {
    const others = new Others();
    const prelude = { path: "prelude.sql", text: "CREATE NONSENSE", bom: false };
    const proof = proveSideBySide(await options({ another: others.another, prelude }));
    expect(await proof.next()).toMatchObject({
      done: true,
      value: { sqlstate: "42601", file: "prelude.sql" },
    });
    expect(others.running).toBe(0);
  });

  it("stop all of them with the reason when they are told to", async () => {
    const others = new Others();
    const controller = new AbortController();
    const run = told(
      proveSideBySide(
        await options({
          another: others.another,
          migrations: migrations(["SELECT pg_sleep(3600)", ""], ["SELECT pg_sleep(3600)", ""]),
          parts: [new Set(["1_m"]), new Set(["2_m"])],
          signal: controller.signal,
          onStart: () => controller.abort(new Error("enough")),
        }),
      ),
    );
    await expect(run).rejects.toThrow("enough");
    expect(others.running).toBe(0);
  });

  it("stop all of them when nobody reads on", async () => {
    const others = new Others();
    for await (const _ of proveSideBySide(await options({ another: others.another }))) break;
    expect(others.running).toBe(0);
  });

  it("fail with the error of the part that met it, after what came before", async () => {
    const another = () => Promise.reject(new Error("a bug"));
    const proof = proveSideBySide(await options({ another }));
    await proof.next();
    await proof.next();
    await expect(proof.next()).rejects.toThrow("a bug");
  });
});

describe("how a folder is parted", () => {
  const alike = (count: number, sql = "SELECT 1") =>
    migrations(...Array.from({ length: count }, (): [string, string] => [sql, ""]));
  const sizes = (parts: readonly ReadonlySet<string>[]) => parts.map((part) => part.size);

  it.each([
    { count: 0, servers: 4, expected: [0] },
    { count: 10, servers: 8, expected: [10] },
    { count: 59, servers: 2, expected: [59] },
    { count: 60, servers: 2, expected: [41, 19] },
    { count: 269, servers: 1, expected: [269] },
    { count: 269, servers: 2, expected: [151, 118] },
    { count: 269, servers: 4, expected: [92, 65, 59, 53] },
  ])("$count migrations on up to $servers servers: $expected", ({ count, servers, expected }) => {
    const folder = alike(count);
    const parts = partsOf(folder, servers);
    expect(sizes(parts)).toEqual(expected);
    expect(parts.flatMap((part) => [...part])).toEqual(folder.map(({ name }) => name));
  });

  it("has fewer migrations in a part where they are long", () => {
    const [first = [], second = []] = [alike(50), alike(50, "SELECT 1;".repeat(1000))];
    const longAtTheEnd = sizes(partsOf([...first, ...second], 2));
    const longAtTheBeginning = sizes(partsOf([...second, ...first], 2));
    expect(longAtTheEnd[0]).toBeGreaterThan(longAtTheBeginning[0] ?? 0);
  });
});
