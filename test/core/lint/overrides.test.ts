import { describe, expect, it } from "vitest";
import type { LintInput } from "#core/lint/lint-input.ts";
import { lintFiles } from "../../support/lint-files.ts";

const up = "CREATE INDEX users_name_idx ON users (name);";
const files = {
  "migrations/000001_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY, name char(3));",
  "migrations/000001_users.down.sql": "DROP TABLE users;",
  "migrations/000002_old.up.sql": up,
  "migrations/000002_old.down.sql": "DROP INDEX users_name_idx;",
  "migrations/000003_new.up.sql": up.replace("name_idx", "name_too_idx"),
  "migrations/000003_new.down.sql": "DROP INDEX users_name_too_idx;",
};

async function said(options: Partial<LintInput>): Promise<string[]> {
  const { findings } = await lintFiles(files, { preset: "recommended", ...options });
  return findings.map(({ file, rule, severity }) => `${file.slice(11, 17)} ${rule} ${severity}`);
}

describe("rules that are otherwise in some files", () => {
  it.each<[string, Partial<LintInput>, string[]]>([
    ["none", {}, ["000002 require-concurrent-index error", "000003 require-concurrent-index error"]],
    [
      "off in one",
      { overrides: [{ paths: ["000002_*"], rules: { "require-concurrent-index": "off" } }] },
      ["000003 require-concurrent-index error"],
    ],
    [
      "another severity in one",
      { overrides: [{ paths: ["*_old.up.sql"], rules: { "require-concurrent-index": "warning" } }] },
      ["000002 require-concurrent-index warning", "000003 require-concurrent-index error"],
    ],
    [
      "on in one, and off everywhere else",
      {
        rules: { "require-concurrent-index": "off" },
        overrides: [{ paths: ["**/000003*"], rules: { "require-concurrent-index": "info" } }],
      },
      ["000003 require-concurrent-index info"],
    ],
    [
      "a rule that the preset does not have",
      {
        rules: { "require-concurrent-index": "off" },
        overrides: [{ paths: ["**"], rules: { "avoid-char": "warning" } }],
      },
      ["000001 avoid-char warning"],
    ],
    [
      "the last one wins",
      {
        overrides: [
          { paths: ["**"], rules: { "require-concurrent-index": "off" } },
          { paths: ["000003*"], rules: { "require-concurrent-index": "error" } },
        ],
      },
      ["000003 require-concurrent-index error"],
    ],
  ])("%s", async (_, options, expected) => {
    expect(await said(options)).toEqual(expected);
  });

  it("takes a comment for a rule that is off in the file for used", async () => {
    const ignored = {
      ...files,
      "migrations/000002_old.up.sql": `-- switchback-ignore require-concurrent-index: small\n${up}`,
    };
    const { findings } = await lintFiles(ignored, {
      preset: "recommended",
      overrides: [{ paths: ["**"], rules: { "require-concurrent-index": "off" } }],
    });
    expect(findings).toEqual([]);
  });
});

describe("the version that rules judge for", () => {
  it.each([
    [9.6, ["add-column-rewrite"]],
    [10, ["add-column-rewrite"]],
    [11, []],
    [18, []],
  ])("PostgreSQL %s", async (postgres, expected) => {
    const { findings } = await lintFiles(
      {
        "migrations/000001_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
        "migrations/000001_users.down.sql": "DROP TABLE users;",
        "migrations/000002_active.up.sql": "ALTER TABLE users ADD COLUMN active boolean DEFAULT true;",
        "migrations/000002_active.down.sql": "ALTER TABLE users DROP COLUMN active;",
      },
      { preset: "recommended", postgres },
    );
    expect(findings.map(({ rule }) => rule)).toEqual(expected);
  });
});
