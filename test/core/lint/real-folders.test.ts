import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyEdits } from "#core/lint/apply-fixes.ts";
import { lint } from "#core/lint/lint.ts";
import type { LintResult } from "#core/lint/lint-input.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readFolder } from "#core/migration/read-folder.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import type { Fix } from "#core/report/model.ts";
import { parseSql } from "#core/sql/parse.ts";

const corpus = process.env.SWITCHBACK_CORPUS ?? "";
const folders =
  corpus === ""
    ? []
    : readdirSync(join(corpus, "sets"), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [entry.name] : [],
      );

function lintFolder(name: string): Promise<LintResult> {
  const onDisk = readFolder(join(corpus, "sets", name), "migrations", golangMigrate);
  if (!onDisk.ok) throw new Error(`${name}: ${onDisk.reason}`);
  const folder = readMigrations("migrations", onDisk.files, golangMigrate);
  return lint({ folder, preset: "recommended", rules: {}, postgres: 15 });
}

/** A fix must leave SQL behind. */
function expectToParse(name: string, rule: string, fix: Fix): void {
  const paths = fix.edits.filter(({ kind }) => kind !== "create").map(({ file }) => file);
  const texts = new Map(
    paths.map((path) => [path, readFileSync(join(corpus, "sets", name, path.slice(11)), "utf8")]),
  );
  for (const [path, text] of applyEdits(texts, fix.edits)) {
    expect(parseSql(text).problem, `${rule} in ${path}: ${fix.title}`).toBeUndefined();
  }
}

/** Files that a rule names, sorted. */
function filesOf({ findings }: LintResult, rule: string): string[] {
  return findings
    .filter((finding) => finding.rule === rule)
    .map(({ file }) => file.replace("migrations/", ""))
    .sort();
}

describe.skipIf(corpus === "")("lint of the real folders (SWITCHBACK_CORPUS)", () => {
  it.each(folders)("%s: the same pairs as the truth, and every fix leaves SQL behind", async (name) => {
    const result = await lintFolder(name);
    for (const { fix, rule } of result.findings) if (fix) expectToParse(name, rule, fix);
    expect(result.foreign ?? false).toBe(name === "flashpoint" || name === "focalboard");
    if (result.foreign) {
      expect(result.findings).toHaveLength(1);
      return;
    }
    const truth = join(corpus, "truth", `${name}.json`);
    if (!existsSync(truth)) return;
    const { layout, naming } = JSON.parse(readFileSync(truth, "utf8"));
    if (layout !== "golang-migrate") return;
    expect(filesOf(result, "missing-down")).toEqual(naming.missing_down);
    expect(filesOf(result, "missing-up")).toEqual(naming.missing_up);
    expect(filesOf(result, "duplicate-version")).toHaveLength(naming.dup_versions.length);
  });

  it.each(["kratos-boilerplate"])("%s is sound, and nothing is said", async (name) => {
    expect((await lintFolder(name)).findings).toEqual([]);
  });
});
