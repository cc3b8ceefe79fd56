import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Database,
  type Engine,
  EngineLostError,
  PostgresError,
  type Session,
} from "#core/postgres/session.ts";
import { features } from "./features.ts";

export interface Candidate {
  readonly name: Engine["name"];
  readonly major: number;
  open(): Promise<Engine>;
}

/** What every engine must do, whatever it is made of. */
export function engineSuite(title: string, { name, major, open }: Candidate): void {
  describe(title, () => {
    let engine: Engine;
    let database: Database;
    let session: Session;

    beforeAll(async () => {
      engine = await open();
      database = await engine.createDatabase();
      session = await database.connect();
    });
    afterAll(() => engine?.stop());

    const rejection = async (sql: string): Promise<unknown> => session.execute(sql).catch((error) => error);
    const one = async (sql: string, values?: (string | number | null)[]) =>
      (await session.query(sql, values))[0]?.[0];

    it("says what it is", () => {
      expect(engine.name).toBe(name);
      expect(engine.major).toBe(major);
      expect(engine.postgres).toMatch(new RegExp(`^${major}\\.\\d+$`));
    });

    it("hands rows over as arrays of text", async () => {
      const row = await session.query("select 1, null, '{a,b}'::text[], true, $1::int + 1, $2::text", [
        41,
        null,
      ]);
      expect(row).toEqual([["1", null, "{a,b}", "t", "42", null]]);
    });

    it("runs a text of several statements as one implicit transaction", async () => {
      const error = await rejection("create table implicit (); select 1/0");
      expect(error).toBeInstanceOf(PostgresError);
      expect(error).toMatchObject({ sqlstate: "22012" });
      expect(await one("select to_regclass('implicit')")).toBeNull();
    });

    it("keeps what BEGIN and COMMIT inside the text say", async () => {
      await rejection("begin; create table kept (); commit; select 1/0");
      expect(await one("select to_regclass('kept')::text")).toBe("kept");
    });

    it("refuses CONCURRENTLY beside another statement and runs it alone", async () => {
      await session.execute("create table indexed (id int)");
      expect(await rejection("select 1; create index concurrently indexed_id on indexed (id)")).toMatchObject(
        {
          sqlstate: "25001",
        },
      );
      await session.execute("create index concurrently indexed_id on indexed (id)");
      expect(await one("select to_regclass('indexed_id')::text")).toBe("indexed_id");
    });

    it("points at errors in code points", async () => {
      expect(await rejection("select 'ä😀' as x;\nselect nothing")).toMatchObject({
        sqlstate: "42703",
        position: 26,
      });
    });

    it("carries detail and hint", async () => {
      await session.execute(
        "create table parent (id int primary key); create view child as select id from parent",
      );
      const error = (await rejection("drop table parent")) as PostgresError;
      expect(error.sqlstate).toBe("2BP01");
      expect(error.detail).toContain("view child");
      expect(error.hint).toContain("CASCADE");
    });

    it.each(["", "-- nothing\n", ";;"])("runs the empty text %j", (sql) => session.execute(sql));

    it("swallows notices and rows", () =>
      session.execute("do $$ begin raise notice 'hello'; end $$; select generate_series(1, 10000)"));

    it("says so when a text holds a zero byte", async () => {
      expect(await rejection("select '\0'")).toMatchObject({ sqlstate: "22021" });
    });

    it("fails COPY FROM STDIN and goes on", async () => {
      await session.execute("create table copied (id int)");
      expect(await rejection("copy copied from stdin")).toMatchObject({ sqlstate: "57014" });
      expect(await one("select 1")).toBe("1");
    });

    it("throws away what COPY TO STDOUT sends", async () => {
      await session.execute("copy (select 1) to stdout; create table after_copy ()");
      expect(await one("select to_regclass('after_copy')::text")).toBe("after_copy");
    });

    it("fails what calls itself for ever, and goes on", async () => {
      const deep = `create or replace function deep(i int) returns int language plpgsql as
        $$ begin return deep(i + 1); end $$; select deep(1)`;
      for (let time = 0; time < 2; time++) expect(await rejection(deep)).toMatchObject({ sqlstate: "54001" });
      expect(await one("select 1")).toBe("1");
    });

    it("prepares a text once and survives DEALLOCATE", async () => {
      expect(await one("select $1::int", [1])).toBe("1");
      await session.execute("deallocate all");
      expect(await one("select $1::int", [2])).toBe("2");
    });

    it("gives a new connection a clean session", async () => {
      await session.execute(
        "set search_path = pg_catalog; set role pg_monitor; begin; create temp table left_behind ()",
      );
      await session.close();
      expect(session.alive).toBe(false);
      await expect(session.execute("select 1")).rejects.toBeInstanceOf(EngineLostError);
      session = await database.connect();
      expect(await one("select current_setting('search_path')")).toBe('"$user", public');
      expect(await one("select current_user = session_user")).toBe("t");
      expect(await one("select to_regclass('pg_temp.left_behind')")).toBeNull();
    });

    it("copies a database", async () => {
      await session.execute("create table original (id int); insert into original values (7)");
      await session.close();
      const copy = await database.copy();
      const other = await copy.connect();
      expect(await other.query("select id from original")).toEqual([["7"]]);
      await other.execute("drop table original");
      await other.close();
      await copy.drop();
      session = await database.connect();
      expect(await one("select id from original")).toBe("7");
    });

    it("makes databases that know nothing of each other", async () => {
      await session.execute("create table only_here ()");
      const second = await engine.createDatabase();
      const other = await second.connect();
      expect(await other.query("select to_regclass('only_here')")).toEqual([[null]]);
      await other.close();
      await second.drop();
    });

    it("lets a migration do what production allows", async () => {
      expect(await one("select current_setting('wal_level')")).toBe(
        name === "pglite" ? "replica" : "logical",
      );
      for (const extension of ["pgcrypto", "uuid-ossp", "citext", "pg_trgm", "hstore", "moddatetime"]) {
        await session.execute(`create extension "${extension}"`);
      }
      await session.execute("create type mood as enum ('sad'); alter type mood add value 'ok'");
      expect(await rejection("create extension postgis")).toMatchObject({ sqlstate: "0A000" });
    });

    it.skipIf(name === "pglite")("drops a database with all that a migration left in it", async () => {
      const full = await engine.createDatabase();
      const busy = await full.connect();
      await busy.execute(
        "select pg_create_logical_replication_slot('left_' || current_database(), 'pgoutput')",
      );
      await busy.execute(
        "create table t (); create publication p for table t; listen x; select pg_advisory_lock(1); drop schema public cascade",
      );
      await busy.execute("begin; create table q.t ()").catch(() => {});
      await busy.execute("rollback; create table t2 (); prepare transaction 'left'").catch(() => {});
      await busy.execute("rollback").catch(() => {});
      await busy.execute("begin; create schema kept; create table kept.t (); prepare transaction 'left'");
      await full.drop();
      expect(busy.alive).toBe(false);
      expect(await one("select count(*) from pg_database where datname = $1", [full.name])).toBe("0");
      expect(await one("select count(*) from pg_prepared_xacts")).toBe("0");
      expect(await one("select count(*) from pg_replication_slots")).toBe("0");
    });

    it.skipIf(name === "pglite")("outlives a migration that ends its own connection", async () => {
      const error = await rejection("select pg_terminate_backend(pg_backend_pid())");
      expect(error).toBeInstanceOf(EngineLostError);
      expect(error).toMatchObject({ sqlstate: "57P01" });
      expect(session.alive).toBe(false);
      session = await database.connect();
      expect(await one("select id from original")).toBe("7");
    });

    it.skipIf(name === "pglite")("outlives a migration that ends everybody's connection", async () => {
      await rejection("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()");
      const next = await engine.createDatabase();
      await next.drop();
      if (!session.alive) session = await database.connect();
    });

    it.skipIf(name === "pglite")("cancels what sleeps, and keeps the session", async () => {
      const error = await interrupted("select pg_sleep(600)");
      expect(error).toMatchObject({ sqlstate: "57014" });
      expect(session.alive).toBe(true);
      expect(await one("select id from original")).toBe("7");
    });

    it("ends what will not be cancelled", async () => {
      // Two loops: a cancel that comes while the inner one begins again is caught by the outer one.
      const error = await interrupted(`do $$ begin
        loop begin
          loop begin perform pg_sleep(0.05); exception when query_canceled then null; end; end loop;
        exception when query_canceled then null; end; end loop; end $$`);
      expect(error).toBeInstanceOf(EngineLostError);
      expect(session.alive).toBe(false);
      const next = await engine.createDatabase();
      const other = await next.connect();
      expect(await other.query("select 1")).toEqual([["1"]]);
      await other.close();
      await next.drop();
    });

    it.each(features)("$words", async ({ engines, probe }) => {
      const own = await engine.createDatabase();
      const able = await probe({ engine, database: own, session: await own.connect() }).catch(() => false);
      expect(able).toBe(engines.includes(name));
      await own.drop();
    });

    async function interrupted(sql: string): Promise<unknown> {
      const running = rejection(sql);
      if (name === "pglite") await begun();
      else await sleeping();
      await session.interrupt();
      return running;
    }

    /** Nobody can be asked; it ends in the same way where it has not begun. */
    async function begun(): Promise<void> {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }

    /** Resolves when a statement of another session of the database sleeps. */
    async function sleeping(): Promise<void> {
      const watcher = await database.connect();
      const asleep = "select count(*) from pg_stat_activity where datname = $1 and wait_event = 'PgSleep'";
      await expect
        .poll(() => watcher.query(asleep, [database.name]), { timeout: 120_000, interval: 20 })
        .toEqual([["1"]]);
      await watcher.close();
    }
  });
}
