import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyEdits, type Texts } from "#core/lint/apply-fixes.ts";
import { rules } from "#core/lint/rules/index.ts";
import { LintSession } from "#core/lint/session/lint-session.ts";
import { decode } from "#core/migration/decode.ts";
import { detectFolder } from "#core/migration/detect-folder.ts";
import { chooseLayout } from "#core/migration/layout/choose-layout.ts";
import { readFolder } from "#core/migration/read-folder.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import type { Finding } from "#core/report/model.ts";
import { sampleOf, seededRandom } from "../../../scripts/corpus/seeded-random.ts";

const corpus = process.env.SWITCHBACK_CORPUS ?? "";

/** Of each rule in each folder: more of them say the same again. */
const most = 10;

/** What a fix takes away may be what another rule could not see past. */
const uncovers: Readonly<Record<string, readonly string[]>> = {
  // A statement that fails is not judged otherwise.
  "down-order": ["idempotent-ddl"],
  "idempotent-ddl": ["create-table-exists", "up-stops"],
  // The numbers are those that all duplicates of the folder get together.
  "duplicate-version": ["sequence-gap"],
};

describe("every fix on real folders", () => {
  if (corpus === "") {
    it.skip("real folders (SWITCHBACK_CORPUS is not set)");
    return;
  }
  it.each(readdirSync(join(corpus, "sets")))(
    "%s: it leaves SQL behind, silences its finding and raises no other in its migration",
    async (name) => {
      const folder = openFolder(name);
      const before = await folder.findings(folder.texts);
      const problems: string[] = [];
      for (const finding of sample(before)) problems.push(...(await problemsOf(finding, folder, before)));
      expect(problems).toEqual([]);
    },
    600_000,
  );
});

function sample(findings: readonly Finding[]): Finding[] {
  const random = seededRandom(1);
  // What a file that cannot be read hides is not the doing of the fix that mends it.
  const fixable = findings.filter(({ rule, fix }) => fix && rule !== "syntax-error");
  const rules = new Set(fixable.map(({ rule }) => rule));
  return [...rules].flatMap((rule) =>
    sampleOf(
      fixable.filter((it) => it.rule === rule),
      most,
      random,
    ),
  );
}

interface Folder {
  readonly texts: Texts;
  findings(texts: Texts): Promise<readonly Finding[]>;
}

function openFolder(name: string): Folder {
  const path = join(corpus, "sets", name);
  const chosen = chooseLayout("auto", () => detectFolder(path, name));
  if (!chosen.ok) throw new Error(`${name}: ${chosen.problem}`);
  const { layout } = chosen;
  const reading = readFolder(path, name, layout);
  if (!reading.ok) throw new Error(`${name} cannot be read`);
  const decoded = reading.files.map((raw) => ({ raw, ...decode(raw) }));
  const undecoded = decoded.flatMap(({ raw, problem }) => (problem ? [raw] : []));
  const session = new LintSession();
  return {
    texts: new Map(decoded.flatMap(({ file, problem }) => (problem ? [] : [[file.path, file.text]]))),
    findings: async (texts) => {
      const files = [...texts].map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
      const folder = readMigrations(name, [...undecoded, ...files], layout);
      return (await session.lint({ folder, preset: "all", rules: {}, postgres: 16 })).findings;
    },
  };
}

/** Later migrations may meet another catalog than the one that they were written for: only the fixed one is judged. */
async function problemsOf(finding: Finding, folder: Folder, all: readonly Finding[]): Promise<string[]> {
  const { rule, fix, migration } = finding;
  if (!fix) return [];
  const texts = applyEdits(folder.texts, fix.edits);
  const isOwn = (it: Finding) =>
    migration === undefined
      ? it.migration === undefined
      : it.migration === migration || !folder.texts.has(it.file);
  const before = all.filter(isOwn);
  const after = (await folder.findings(texts)).filter(isOwn);
  const where = `${rule} ${finding.file}:${finding.range.start.line}`;
  if (countOf(after, rule) >= countOf(before, rule))
    return [`${where} is not silenced: ${words(after, rule)}`];
  const raised = new Set(after.map((it) => it.rule)).values();
  return [...raised]
    .filter((other) => other !== rule && !uncovers[rule]?.includes(other))
    .filter((other) => countOf(after, other) > countOf(before, other))
    .map((other) => `${where} raises ${other}: ${words(after, other)}`);
}

/** A finding that another one joined counts as both. */
function countOf(findings: readonly Finding[], rule: string): number {
  const joins = rules.find(({ name }) => name === rule)?.joins;
  return findings.filter(
    (it) => it.rule === rule || (it.rule === joins && it.message.includes("; nothing ends")),
  ).length;
}

function words(findings: readonly Finding[], rule: string): string {
  const own = findings.filter((it) => it.rule === rule).slice(0, 5);
  return own.map(({ file, range, message }) => `${file}:${range.start.line} ${message}`).join(" | ");
}
