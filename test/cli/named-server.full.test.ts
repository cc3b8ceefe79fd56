import { afterAll, beforeAll, expect, it } from "vitest";
import { hostServer } from "../support/host-server.ts";
import { clean, finished, folderWith, start, switchback } from "./cli.ts";

let server: Awaited<ReturnType<typeof hostServer>>;
beforeAll(async () => {
  server = await hostServer();
});
afterAll(() => server?.host.stop());

it("a URL asks for its server", async () => {
  const { code, stdout } = await switchback(["check", "--url", server.url()], folderWith(clean));
  expect(stdout).toContain("PostgreSQL 17");
  expect(stdout).toContain("(server");
  expect(code).toBe(0);
});

it("a URL beside another engine is a contradiction", async () => {
  const args = ["check", "--url", server.url(), "--engine", "pglite"];
  const { code, stdout, stderr } = await switchback(args, folderWith(clean));
  expect(stdout + stderr).toContain("a URL is for the engine server, and the engine pglite was asked for");
  expect(stdout + stderr).not.toContain("secret");
  expect(code).toBe(2);
});

it("what was proved stays proved when the server is lost", async () => {
  const mortal = await hostServer();
  const files = {
    ...clean,
    "migrations/000002_wait.up.sql": "SELECT pg_sleep(600);\n",
    "migrations/000002_wait.down.sql": "SELECT 1;\n",
  };
  const running = finished(start(["check", "--url", mortal.url()], folderWith(files)));
  const asleep =
    "select count(*) from pg_stat_activity where query like 'SELECT pg_sleep%' and state = 'active'";
  await expect.poll(async () => (await mortal.admin.query(asleep))[0]?.[0], { timeout: 120_000 }).toBe("1");
  await mortal.host.stop();
  const { code, stdout } = await running;
  expect(stdout).toContain("PostgreSQL was lost and did not come back");
  expect(stdout).toMatch(/✓ 000001 users +reversible/);
  expect(stdout).toContain("2 migrations: 1 reversible, 1 not proved.");
  expect(code).toBe(2);
});

it("what a migration makes beside its database is told, and removed", async () => {
  const files = {
    ...clean,
    "migrations/000002_role.up.sql": "CREATE ROLE shop_reader;\n",
    "migrations/000002_role.down.sql": "DROP ROLE shop_reader;\n",
  };
  const { code, stdout } = await switchback(["check", "--url", server.url()], folderWith(files));
  expect(stdout).toContain("Removed from the server again, made beside the database: role shop_reader.");
  expect(code).toBe(0);
  expect(await server.admin.query("select 1 from pg_roles where rolname = 'shop_reader'")).toEqual([]);
});
