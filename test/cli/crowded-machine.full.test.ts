import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmdirSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { leftAfter } from "../support/nothing-left.ts";
import { clean, folderWith, switchback } from "./cli.ts";

const mounts: string[] = [];
afterEach(() => {
  for (const folder of mounts.splice(0)) {
    execFileSync("umount", [folder]);
    rmdirSync(folder);
  }
});

/** A disk of so many megabytes; undefined where we may not mount one. */
function smallDisk(megabytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "switchback-disk-"));
  const options = `size=${megabytes}m,mode=1777`;
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], { stdio: "ignore" });
  if (status === 0) mounts.push(folder);
  else rmdirSync(folder);
  return status === 0 ? folder : undefined;
}

const mayMount = process.platform === "linux" && smallDisk(1) !== undefined;
for (const folder of mounts.splice(0)) {
  execFileSync("umount", [folder]);
  rmdirSync(folder);
}

/** Unlogged: whether the table or the server's log finds the disk full first is a matter of moments otherwise. */
const filling = {
  ...clean,
  "migrations/000002_big.up.sql":
    "CREATE UNLOGGED TABLE big AS SELECT repeat('x', 500) t FROM generate_series(1, 1000000);\n",
  "migrations/000002_big.down.sql": "DROP TABLE big;\n",
  "migrations/000003_mail.up.sql": "ALTER TABLE users ADD COLUMN mail text;\n",
  "migrations/000003_mail.down.sql": "ALTER TABLE users DROP COLUMN IF EXISTS mail;\n",
};

describe.skipIf(!mayMount)("a full disk (needs the right to mount one)", () => {
  test("has no room for a server, which is said with what to do", async () => {
    const disk = smallDisk(8) ?? "";
    const args = ["roundtrip", "--engine", "embedded"];
    const { code, stdout } = await switchback(args, folderWith(clean), { TMPDIR: disk });
    expect(code).toBe(2);
    expect(stdout.replaceAll(/\s+/g, " ")).toMatch(
      new RegExp(`no room for a server in ${disk}: it needs \\d+ MB, \\d+ MB are free; TMPDIR may`),
    );
    expect(await leftAfter({ folder: disk })).toEqual([]);
  });

  test("is the verdict of the migration that fills it, and of no other", async () => {
    const disk = smallDisk(90) ?? "";
    const args = ["roundtrip", "--engine", "embedded", "--format", "json"];
    const { code, stdout } = await switchback(args, folderWith(filling), { TMPDIR: disk });
    expect(code).toBe(1);
    const { roundTrips } = JSON.parse(stdout);
    expect(roundTrips.map((trip: { status: string }) => trip.status)).toEqual([
      "reversible",
      "up-failed",
      "reversible",
    ]);
    expect(roundTrips[1].error.sqlstate).toBe("53100");
    expect(await leftAfter({ folder: disk })).toEqual([]);
  });
});

test("runs at the same time do not meet, whoever has PostgreSQL's port", async () => {
  const listener = createServer().listen(5432, "127.0.0.1");
  // Taken by us, or by somebody else already.
  await new Promise((resolve) => listener.once("listening", resolve).once("error", resolve));
  const folder = folderWith(clean);
  const temporary = join(folder, "tmp");
  mkdirSync(temporary);
  for (const path of [folder, temporary]) chmodSync(path, 0o777);
  const run = () => switchback(["roundtrip", "--engine", "embedded"], folder, { TMPDIR: temporary });
  const results = await Promise.all([run(), run(), run()]);
  listener.close();
  for (const { code, stdout } of results) {
    expect(stdout).toContain("it goes up, down and up again");
    expect(code).toBe(0);
  }
  expect(await leftAfter({ folder: temporary })).toEqual([]);
});
