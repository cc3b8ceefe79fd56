import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openServer } from "#core/postgres/server/open-server.ts";
import type { Engine } from "#core/postgres/session.ts";
import { hostServer } from "../../../support/host-server.ts";
import { inFull } from "../../../support/in-full.ts";
import { engineSuite } from "./engine-suite.ts";

/** A process that makes a database, a role in it and a physical slot, and is killed in the middle of a statement. */
async function killedRun(url: string): Promise<number> {
  const root = join(import.meta.dirname, "../../../..");
  const script = "test/core/postgres/conformance/hold-database.ts";
  const holder = spawn(process.execPath, ["scripts/run.mjs", script, url], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [made] = await once(holder.stdout, "data");
  holder.kill("SIGKILL");
  await once(holder, "exit");
  return Number(String(made));
}

let suiteHost: Engine | undefined;
afterAll(() => suiteHost?.stop());

engineSuite("server", {
  name: "server",
  major: 17,
  open: async () => {
    const { host, url } = await hostServer();
    suiteHost = host;
    return openServer({ url: url() });
  },
});

describe("a server that outlives us", () => {
  let server: Awaited<ReturnType<typeof hostServer>>;
  beforeAll(async () => {
    server = await hostServer();
  });
  afterAll(() => server?.host.stop());

  const everything = () =>
    server.admin.query(`select 'role', rolname from pg_roles union all select 'database', datname from pg_database
      union all select 'slot', slot_name from pg_replication_slots order by 1, 2`);
  const processes = () =>
    server.admin.query("select pid from pg_stat_activity where backend_type = 'client backend'");

  it("has what migrations created removed, and nothing else", async () => {
    const before = await everything();
    const engine = await openServer({ url: server.url() });
    const session = await (await engine.createDatabase()).connect();
    await session.execute("create role made_here; create table t (); alter table t owner to made_here");
    await session.execute("create database made_too owner made_here");
    await session.execute("select pg_create_physical_replication_slot('made_slot')");
    const other = `neighbour_${randomBytes(3).toString("hex")}`;
    await server.admin.execute(`create role ${other}`);
    expect(await engine.clusterObjects?.()).toEqual([
      "database made_too",
      "replication slot made_slot",
      "role made_here",
    ]);
    await engine.stop();
    const left = (await everything()).filter(([, name]) => name !== other);
    expect(left).toEqual(before);
    expect(await server.admin.query("select count(*) from pg_roles where rolname = $1", [other])).toEqual([
      ["1"],
    ]);
  });

  it("is as it was: what was there keeps its name, its settings and its attributes", async () => {
    const { admin } = server;
    await admin.execute("create role found_here; create role found_group");
    await admin.execute("create database found_too");
    await admin.execute(
      "alter role found_here set search_path = a, \"B c\"; alter role found_here set work_mem = '7MB'",
    );
    const state = () =>
      admin.query(`select 'setting', setrole::text, setconfig::text from pg_db_role_setting where setdatabase = 0
        union all select 'role', rolname, rolcanlogin::text || rolconnlimit from pg_roles
        union all select 'member', member::regrole::text, roleid::regrole::text from pg_auth_members
        union all select 'database', datname, oid::text from pg_database
        union all select 'system', name, setting from pg_file_settings where sourcefile ~ 'auto' order by 1, 2, 3`);
    const before = await state();
    const engine = await openServer({ url: server.url() });
    const session = await (await engine.createDatabase()).connect();
    await session.execute("alter role found_here set search_path = c; alter role found_here reset work_mem");
    await session.execute(
      "alter role all set lock_timeout = '3s'; alter role current_user set work_mem = '8MB'",
    );
    await session.execute("alter role found_here login connection limit 3; grant found_group to found_here");
    await session.execute("alter role found_here rename to renamed_here");
    await session.execute("alter database found_too rename to renamed_too");
    await session.execute("alter system set work_mem = '9MB'");
    expect(await engine.clusterObjects?.()).toEqual([]);
    await engine.stop();
    expect(await state()).toEqual(before);
    await admin.execute("drop database found_too");
    await admin.execute("drop role found_here, found_group");
  });

  // The server looks for those who are gone every ten seconds.
  it.runIf(inFull)(
    "has swept by the next run what a run left that was killed, and what lives is left alone",
    async () => {
      const before = await everything();
      const living = await openServer({ url: server.url() });
      const database = await living.createDatabase();
      const busy = await living.createDatabase();
      const session = await busy.connect();
      const alive = (await processes()).map(String);
      const killed = await killedRun(server.url());
      // The server has noticed, which it does late on a machine with other work.
      const left = async () => (await processes()).map(String).filter((pid) => !alive.includes(pid));
      await expect.poll(left, { timeout: 120_000 }).toEqual([]);
      expect((await everything()).length).toBe(before.length + 2 + killed);
      const next = await openServer({ url: server.url() });
      await next.stop();
      const found = (await everything()).filter(
        (row) => !before.some((known) => known.join() === row.join()),
      );
      expect(found.map(([, name]) => name).sort()).toEqual([database.name, busy.name].sort());
      await session.close();
      await living.stop();
      expect(await everything()).toEqual(before);
    },
  );

  it("believes no other role that says what a killed run left", async () => {
    const { admin } = server;
    await admin.execute("create role mallory login createdb");
    await admin.execute("create role boss");
    await admin.execute("create database switchback_00000000_000000 owner mallory");
    const ledger = JSON.stringify([["role", "boss"]]);
    await admin.execute("set role mallory");
    await admin.execute(`comment on database switchback_00000000_000000 is 'switchback: ${ledger}'`);
    await admin.execute("reset role");
    await (await openServer({ url: server.url() })).stop();
    expect(await admin.query("select rolname from pg_roles where rolname = 'boss'")).toEqual([["boss"]]);
    await admin.execute("drop role boss");
    await admin.execute("drop role mallory");
  });

  it("is as it was for a role that is no superuser", async () => {
    const { admin } = server;
    await admin.execute("create role maker login createdb createrole password 'secret'; create role theirs");
    await admin.execute("grant theirs to maker with admin option");
    const state = () =>
      admin.query("select rolcanlogin::text, rolconnlimit::text from pg_roles where rolname = 'theirs'");
    const before = await state();
    const engine = await openServer({ url: server.url("maker") });
    const session = await (await engine.createDatabase()).connect();
    await session.execute("alter role theirs login connection limit 3");
    await engine.stop();
    expect(await state()).toEqual(before);
    await admin.execute("drop role theirs; drop role maker");
  });

  it("refuses a role that may not create databases, and says what is missing", async () => {
    await server.admin.execute("create role weak login password 'secret'");
    const refused = openServer({ url: server.url("weak") });
    await expect(refused).rejects.toThrow("ALTER ROLE weak CREATEDB");
    await server.admin.execute("alter role weak createdb");
    const engine = await openServer({ url: server.url("weak") });
    const session = await (await engine.createDatabase()).connect();
    await session.execute("create table own ()");
    const running = session.execute("select pg_sleep(600)").catch((error) => error);
    await session.interrupt();
    expect(await running).toMatchObject({ sqlstate: "57014" });
    await engine.stop();
  });

  it.each(["nonsense secret", "mysql://root:secret@localhost/x", "postgres://u:secret@127.0.0.1:1/x"])(
    "says what is wrong with %s and keeps the password to itself",
    async (url) => {
      const error = (await openServer({ url }).catch((reason) => reason)) as Error;
      expect(error.name).toBe("EngineUnavailableError");
      expect(error.message).not.toContain("secret");
    },
  );
});
