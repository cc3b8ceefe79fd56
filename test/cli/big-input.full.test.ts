import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, switchback } from "./cli.ts";

describe("big input", () => {
  test("10 MB in one file", { timeout: 600_000 }, async () => {
    const row = `INSERT INTO t VALUES (1, '${"x".repeat(90)}');\n`;
    const folder = folderWith({
      "migrations/000001_big.up.sql": `CREATE TABLE t (id int, v text);\n${row.repeat(90_000)}`,
      "migrations/000001_big.down.sql": "DROP TABLE IF EXISTS t;\n",
    });
    const { code, stdout } = await switchback(["check", "--timeout", "500"], folder);
    expect(stdout).toContain("it goes up, down and up again");
    expect(code).toBe(0);
  });

  test("20,000 files, and links that go round in circles", { timeout: 600_000 }, async () => {
    const pairs = Array.from({ length: 10_000 }, (_, i) => [
      [`migrations/${String(i + 1).padStart(6, "0")}_t.up.sql`, `CREATE TABLE t${i} (id bigint);\n`],
      [`migrations/${String(i + 1).padStart(6, "0")}_t.down.sql`, `DROP TABLE IF EXISTS t${i};\n`],
    ]).flat();
    const folder = folderWith(Object.fromEntries(pairs));
    symlinkSync(".", join(folder, "migrations/loop"));
    symlinkSync("000000_self.up.sql", join(folder, "migrations/000000_self.up.sql"));
    const { code, stdout } = await switchback(["lint"], folder);
    expect(stdout).toContain("10000 migrations read");
    expect(stdout).toContain("its symbolic links go round in circles");
    expect(code).toBe(1);
  });
});
