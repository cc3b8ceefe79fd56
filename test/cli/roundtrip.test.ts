import { execFileSync } from "node:child_process";
import { chmodSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { reportSchema } from "#core/report/json-schema.ts";
import { clean, finished, folderWith, start, switchback } from "./cli.ts";

const drifting = {
  ...clean,
  "migrations/000002_status.up.sql":
    "CREATE TYPE user_status AS ENUM ('active');\nALTER TABLE users ADD status user_status;\n",
  "migrations/000002_status.down.sql": "ALTER TABLE users DROP COLUMN IF EXISTS status;\n",
};

describe("a round trip on a real PostgreSQL", () => {
  test("of a clean folder is clean", async () => {
    const { code, stdout, stderr } = await switchback(["check"], folderWith(clean));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("✓ 000001 users  reversible");
    expect(stdout).toContain("1 migration, it goes up, down and up again. No findings.");
  });

  test("finds what a down leaves behind, says it once, and that going up again fails", async () => {
    const folder = folderWith(drifting);
    const { code, stdout } = await switchback(["check", "--format", "json"], folder);
    expect(code).toBe(1);
    const report = JSON.parse(stdout);
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(reportSchema);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(report.roundTrips.map((it: { status: string }) => it.status)).toEqual(["reversible", "drift"]);
    const about = report.findings.filter((it: { migration: string }) => it.migration === "000002_status");
    expect(about).toHaveLength(1);
    expect(about[0].proof).toMatch(/going up again fails, 42710 type "user_status" already exists/);
  });

  test("roundtrip alone still reports the drift as a finding", async () => {
    const { code, stdout } = await switchback(["roundtrip", "--only", "2"], folderWith(drifting));
    expect(code).toBe(1);
    expect(stdout).toContain("✗ 000002 status  drift after down, cannot go up again");
    expect(stdout).toContain("error[drift]:");
    expect(stdout).not.toContain("000001 users");
  });

  test("is forgiven under --fail-on never", async () => {
    expect((await switchback(["roundtrip", "--fail-on", "never"], folderWith(drifting))).code).toBe(0);
  });

  test("runs the prelude first, and says where it fails", async () => {
    const files = {
      ...clean,
      "good.sql": "\uFEFFCREATE SCHEMA auth;",
      "bad.sql": "\nSELECT * FROM nowhere;",
      "migrations/000002_auth.up.sql": "CREATE TABLE auth.keys (id int PRIMARY KEY);",
      "migrations/000002_auth.down.sql": "DROP TABLE auth.keys;",
    };
    const folder = folderWith(files);
    expect((await switchback(["roundtrip", "--prelude", "good.sql"], folder)).code).toBe(0);
    const bad = await switchback(["roundtrip", "--prelude", "bad.sql"], folder);
    expect(bad.code).toBe(2);
    expect(bad.stdout).toContain(
      'nothing was proved, the prelude fails at bad.sql:2:1: 42P01 relation "nowhere" does not exist',
    );
  });
});

describe("Ctrl-C", () => {
  const sleeping = {
    "migrations/000001_sleep.up.sql": "SELECT pg_sleep(600);\n",
    "migrations/000001_sleep.down.sql": "SELECT 1;\n",
  };

  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s in the middle of a migration leaves nothing behind",
    async (signal) => {
      const folder = folderWith({ ...sleeping, "tmp/keep": "" });
      // The server may run under another user, who has to get in.
      const temporary = join(folder, "tmp");
      for (const path of [folder, temporary]) chmodSync(path, 0o777);
      const child = start(["roundtrip"], folder, { TMPDIR: temporary });
      const done = finished(child);
      expect(await until(() => isAsleep(temporary))).toBe(true);
      child.kill(signal);
      const { code, stderr } = await done;
      expect({ code, stderr }).toEqual({ code: 130, stderr: "switchback: interrupted\n" });
      await until(() => processesOf(temporary).length === 0);
      expect(processesOf(temporary)).toEqual([]);
      expect(readdirSync(temporary).filter((name) => name.startsWith("switchback-run-"))).toEqual([]);
    },
  );
});

/** Command lines that speak of a folder: a server is started with its data folder. */
function processesOf(folder: string): string[] {
  const lines = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.includes(`${folder}/`));
}

/** Whether a server in the folder runs a SELECT: its backends say in their title what they do. */
function isAsleep(folder: string): boolean {
  const lines = execFileSync("ps", ["-eo", "pid,ppid,args"], { encoding: "utf8" }).split("\n");
  const processes = lines.map((line) => /^ *(\d+) +(\d+) (.*)$/.exec(line) ?? []);
  const servers = processes.flatMap(([, pid, , args]) => (args?.includes(`${folder}/`) ? [pid] : []));
  return processes.some(([, , parent, args]) => servers.includes(parent) && args?.endsWith(" SELECT"));
}

/** Whether it became true in two minutes. */
async function until(condition: () => boolean): Promise<boolean> {
  const end = Date.now() + 120_000;
  while (Date.now() < end) {
    if (condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
