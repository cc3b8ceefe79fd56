import { check } from "../../../core/check.ts";
import { resolveConfig } from "../../../core/config/resolve-config.ts";
import { applyEdits } from "../../../core/lint/apply-fixes.ts";
import { lint } from "../../../core/lint/lint.ts";
import type { LintInput, LintResult } from "../../../core/lint/lint-input.ts";
import { layouts } from "../../../core/migration/layout/layouts.ts";
import type { RawFile } from "../../../core/migration/model.ts";
import { readMigrations } from "../../../core/migration/read-migrations.ts";
import type { Engine } from "../../../core/postgres/session.ts";
import type { Finding, Fix, Report } from "../../../core/report/model.ts";
import { changedLines } from "../../../core/report/text/changed-lines.ts";
import { isFailed, verdictWords } from "../../../core/report/verdict-words.ts";
import type { Answer, ShownFinding, ShownVerdict } from "./answer.ts";
import { fileNames, type Side, sideOf, type Texts } from "./texts.ts";

/**
 * Checks one migration as the command line would, with the built-in configuration. The schema that is there is an
 * earlier migration to the linter, and a prelude to the proof, which says where it fails. Tables that are in neither
 * count as in use. Without an engine nothing is proved.
 */
export async function checkTexts(texts: Texts, openEngine?: () => Promise<Engine>): Promise<Answer> {
  const config = { ...resolveConfig(), layout: "golang-migrate", cache: false };
  const prelude = { path: fileNames.before, text: texts.before };
  const report = await check(
    {
      folder: "",
      files: [fileOf(texts, "up"), fileOf(texts, "down")],
      config,
      lint: true,
      prove: openEngine !== undefined,
      ...(texts.before.trim() === "" ? {} : { prelude }),
    },
    { lint: (input) => lintOnTop(input, texts), ...(openEngine ? { openEngine } : {}) },
  );
  const verdict = verdictOf(report);
  return {
    findings: report.findings.map((finding) => shown(finding, texts)),
    ...(verdict ? { verdict } : {}),
    ...(report.unproved === undefined ? {} : { unproved: report.unproved }),
  };
}

async function lintOnTop(input: LintInput, texts: Texts): Promise<LintResult> {
  const before = fileOf(texts, "before");
  const files = [before, fileOf(texts, "up"), fileOf(texts, "down")];
  const result = await lint({ ...input, folder: folderOf(files), startAfter: "000001" });
  // What is history is not judged, but it has to be SQL.
  const { findings } = await lint({ ...input, folder: folderOf([before]) });
  const broken = findings.filter(({ rule }) => rule === "syntax-error");
  return { ...result, findings: [...broken, ...result.findings] };
}

function folderOf(files: readonly RawFile[]) {
  const layout = layouts["golang-migrate"];
  if (!layout) throw new Error("golang-migrate is a layout");
  return readMigrations("", files, layout);
}

function fileOf(texts: Texts, side: Side): RawFile {
  return { path: fileNames[side], bytes: new TextEncoder().encode(texts[side]) };
}

function verdictOf({ roundTrips, engine }: Report): ShownVerdict | undefined {
  const [roundTrip] = roundTrips;
  if (!roundTrip || !engine) return undefined;
  return {
    failed: isFailed(roundTrip.verdict),
    words: verdictWords(roundTrip),
    engine: `PostgreSQL ${engine.postgres} (PGlite)`,
    ms: roundTrip.ms,
  };
}

function shown(finding: Finding, texts: Texts): ShownFinding {
  const { rule, severity, message, why, help, proof, fix, file, range, changes = [] } = finding;
  const side = sideOf(file);
  return {
    rule,
    severity,
    message,
    ...(why === undefined ? {} : { why }),
    ...(help === undefined ? {} : { help }),
    ...(proof === undefined ? {} : { proof }),
    changes: changes.map((change) => ({ words: change.words, lines: changedLines(change) })),
    ...(fix ? { fix: { title: fix.title, texts: fixed(texts, fix) } } : {}),
    side,
    line: range.start.line,
    start: offsetOf(texts[side], range.start),
    end: offsetOf(texts[side], range.end),
  };
}

function fixed(texts: Texts, { edits }: Fix): Texts {
  const files = new Map(Object.entries(texts).map(([side, text]) => [fileNames[side as Side], text]));
  const after = applyEdits(files, edits);
  const textOf = (side: Side) => after.get(fileNames[side]) ?? texts[side];
  return { before: textOf("before"), up: textOf("up"), down: textOf("down") };
}

function offsetOf(text: string, { line, column }: Finding["range"]["start"]): number {
  let start = 0;
  for (let number = 1; number < line; number++) start = text.indexOf("\n", start) + 1;
  return start + column - 1;
}
