import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import type { Engine } from "#core/postgres/session.ts";
import type { RoundTrip } from "#core/report/model.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";

/** Scripts that no other run has. */
const unique = randomUUID();
const role = `kept_${unique.slice(0, 8)}`;
const files = {
  "1_base.up.sql": `SELECT '${unique}'; CREATE TABLE t (a int); INSERT INTO t VALUES (1);\n`,
  "1_base.down.sql": "DROP TABLE t;\n",
  "2_role.up.sql": `CREATE ROLE ${role}; GRANT SELECT ON t TO ${role};\n`,
  "2_role.down.sql": `DROP OWNED BY ${role}; DROP ROLE ${role};\n`,
  "3_last.up.sql": `ALTER TABLE t ADD b int; GRANT INSERT ON t TO ${role};\n`,
  "3_last.down.sql": `ALTER TABLE t DROP b; REVOKE INSERT ON t FROM ${role};\n`,
};

type Changed = Partial<Record<keyof typeof files, string>>;

/** A run on an engine that tells what was asked of it. */
class Runs {
  loads: boolean[] = [];
  saves = 0;
  readonly #start: () => Promise<Engine>;
  #loadMs = 0;

  constructor(start: () => Promise<Engine>) {
    this.#start = start;
  }

  /** `worth`: whether getting there took longer than starting from what is kept; said, for the clock says either. */
  async prove(
    changed: Changed,
    options: { cache?: boolean; name?: string; worth?: boolean } = {},
  ): Promise<string[]> {
    this.loads = [];
    this.#loadMs = options.worth === false ? Number.POSITIVE_INFINITY : 0;
    const raw = Object.entries({ ...files, ...changed }).map(([path, text]) => ({
      path,
      bytes: Buffer.from(text),
    }));
    const engine = await this.#open();
    try {
      const run = proveMigrations({
        migrations: readMigrations("", raw, golangMigrate).migrations,
        layout: golangMigrate.name,
        engine,
        reopen: () => this.#open(),
        timeoutMs: 60_000,
        only: new Set([options.name ?? "3_last"]),
        cache: options.cache === false ? undefined : "test",
      });
      const trips: RoundTrip[] = [];
      for (let step = await run.next(); !step.done; step = await run.next()) trips.push(step.value);
      return trips.map(({ name, verdict }) => `${name} ${verdict.status}`);
    } finally {
      await engine.stop();
    }
  }

  async #open(): Promise<Engine> {
    const engine = await this.#start();
    return {
      ...engine,
      baselines: {
        loadMs: this.#loadMs,
        load: async (key) => {
          const found = await engine.baselines?.load(key);
          this.loads.push(found !== undefined);
          return found;
        },
        save: async (key, state) => {
          this.saves += 1;
          await engine.baselines?.save(key, state);
        },
      },
    };
  }
}

/** The same promises on each engine, which keeps things where no other run sweeps them: `own-cache.ts`. */
export function keptBaselineSuite(start: () => Promise<Engine>): void {
  const runs = new Runs(start);

  beforeAll(async () => {
    expect(await runs.prove({})).toEqual(["3_last reversible"]);
    expect(runs).toMatchObject({ loads: [false], saves: 1 });
  });

  test("is there again for the next run, with its rows and roles", async () => {
    expect(await runs.prove({})).toEqual(["3_last reversible"]);
    expect(runs).toMatchObject({ loads: [true], saves: 1 });
  });

  test("is there for another migration after it, whose down is wrong", async () => {
    expect(await runs.prove({ "3_last.down.sql": "DELETE FROM t;\n" })).toEqual(["3_last drift"]);
    expect(runs).toMatchObject({ loads: [true], saves: 1 });
  });

  test("is another one when an earlier migration is another one, and not kept where that does not pay", async () => {
    const another = { "1_base.up.sql": `CREATE TABLE t (a int); -- ${unique}\n` };
    expect(await runs.prove(another, { worth: false })).toEqual(["3_last reversible"]);
    expect(runs).toMatchObject({ loads: [false], saves: 1 });
  });

  test("is not kept where an earlier migration fails", async () => {
    expect(await runs.prove({ "2_role.up.sql": `CREATE ROLE ${role}; SELECT 1/0;` })).toEqual([
      "3_last reversible",
    ]);
    expect(runs).toMatchObject({ loads: [false], saves: 1 });
  });

  test("is not asked for where nothing is to be kept", async () => {
    await runs.prove({}, { cache: false });
    expect(runs.loads).toEqual([]);
  });

  test("is not asked for where there is nothing before the first", async () => {
    await runs.prove({}, { name: "1_base" });
    expect(runs.loads).toEqual([]);
  });
}
