import { existsSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { carryOut, type Step } from "#core/author/disk/carry-out.ts";
import { shellWord } from "#core/author/shell-word.ts";
import { check } from "#core/check.ts";
import type { CheckInput } from "#core/check-input.ts";
import { nearestName } from "#core/config/nearest-name.ts";
import { everyRule } from "#core/every-rule.ts";
import { applyFixes, type Texts } from "#core/lint/apply-fixes.ts";
import { decode } from "#core/migration/decode.ts";
import type { RawFile } from "#core/migration/model.ts";
import type { Fix, Report } from "#core/report/model.ts";
import { count } from "#core/report/text/count.ts";
import { unifiedDiff } from "#core/report/unified-diff.ts";
import { type CannotRun, cannotRun, isCannotRun } from "../cannot-run.ts";
import { commandOfRun } from "../command-of-run.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "../exit-codes.ts";
import type { Flags } from "../grammar/request.ts";
import { gitRoot } from "../init/git-root.ts";
import { cannotWrite } from "../input/cannot-write.ts";
import { checkConfig } from "../input/check-config.ts";
import { checkInput } from "../input/check-input.ts";
import { shownPath } from "../input/shown-path.ts";
import { wantedTarget } from "../input/wanted-target.ts";
import { print } from "../write-output.ts";

interface FixRequest {
  readonly paths: readonly string[];
  readonly flags: Flags;
}

/** Applying a fix may make another possible. More passes than this are fixes that undo each other. */
const mostPasses = 20;

/** `switchback fix`: applies what the rules offer, lints again, and goes on until nothing is left to apply. */
export async function fixFolder({ paths, flags }: FixRequest): Promise<ExitCode | CannotRun> {
  const cwd = process.cwd();
  const rules = wantedRules(flags.rule);
  if (rules && isCannotRun(rules)) return rules;
  const config = await checkConfig(flags, cwd);
  if (isCannotRun(config)) return config;
  const target = await wantedTarget("lint", paths, config, flags, cwd);
  if (isCannotRun(target)) return target;
  const input = await checkInput({ command: "lint", target, config, flags, cwd });
  if (isCannotRun(input)) return input;

  const fixed = await fixAll(input, rules);
  if (isCannotRun(fixed)) return fixed;
  const changes = changesBetween(input.files, fixed);
  const done = summary(fixed, changes, commandOfRun("lint", paths, flags));
  if (flags.dryRun === true) {
    const start = patchStart(target.folder, cwd);
    const named = (path: string) => shownPath(resolve(cwd, path), start);
    await print(process.stdout, changes.map((change) => diffOf(change, named)).join(""));
    // From here git would pass over it without a word.
    if (changes.length > 0 && !(isWithin(cwd, start) && isWithin(target.folder, cwd)))
      await print(
        process.stderr,
        `the paths begin at ${shownPath(start, cwd)}: git -C ${shellWord(shownPath(start, cwd))} apply\n`,
      );
    // No diff is no answer; and what reads diffs wants nothing else.
    if (changes.length === 0) await print(process.stderr, `${done}\n`);
    return changes.length > 0 ? exitCodes.findings : exitCodes.clean;
  }
  const written = carryOut(cwd, changes.flatMap(stepsOf));
  if (!written.ok) return cannotWrite(written.file, written.code);
  await print(process.stdout, `${done}\n`);
  return exitCodeOf(fixed.report, config.failOn);
}

function wantedRules(given: unknown): ReadonlySet<string> | CannotRun | undefined {
  if (!Array.isArray(given)) return undefined;
  const names = everyRule.map(({ name }) => name);
  const wanted = given.flatMap((text) => String(text).split(",")).filter((name) => name !== "");
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown === undefined) return new Set(wanted);
  const nearest = nearestName(unknown, names);
  return cannotRun(
    `there is no rule "${unknown}": ${nearest ? `did you mean ${nearest}?` : "switchback rules lists them all"}`,
  );
}

interface Fixed {
  readonly files: readonly RawFile[];
  readonly applied: readonly Fix[];
  /** What is left. */
  readonly report: Report;
}

async function fixAll(input: CheckInput, rules: ReadonlySet<string> | undefined): Promise<Fixed | CannotRun> {
  let files = input.files;
  let changed = input.changed;
  let broken: number | undefined;
  const asked = rules ? onlyRules(input, rules) : input;
  const applied: Fix[] = [];
  for (let pass = 0; pass < mostPasses; pass++) {
    const report = await check({ ...asked, files, ...(changed && { changed }) }, {});
    broken ??= syntaxErrors(report);
    if (syntaxErrors(report) > broken) {
      return cannotRun("a fix does not leave valid SQL behind, so nothing was written; please report this");
    }
    const wanted = report.findings.flatMap(({ rule, fix }) =>
      fix && (rules?.has(rule) ?? true) ? [fix] : [],
    );
    const step = applyFixes(textsOf(files), wanted);
    if (step.applied.length === 0) {
      const left = rules ? await check({ ...input, files, ...(changed && { changed }) }, {}) : report;
      return { files, applied, report: left };
    }
    applied.push(...step.applied);
    files = withTexts(files, step.texts);
    // A file under a new name belongs to the change as much as the old one did.
    if (changed) changed = new Set([...changed, ...step.applied.flatMap(newPaths)]);
  }
  return cannotRun("the fixes undo each other, so nothing was written; please report this");
}

/** Rules that share a cause share a finding: asked alone, each has its own. */
function onlyRules(input: CheckInput, rules: ReadonlySet<string>): CheckInput {
  const others = everyRule.filter(({ name }) => !rules.has(name) && name !== "syntax-error");
  const off = Object.fromEntries(others.map(({ name }) => [name, "off" as const]));
  return { ...input, config: { ...input.config, rules: { ...input.config.rules, ...off } } };
}

function syntaxErrors({ findings }: Report): number {
  return findings.filter(({ rule }) => rule === "syntax-error").length;
}

/** What is not UTF-8 cannot be written back as it was, so no fix touches it. */
function textsOf(files: readonly RawFile[]): Texts {
  return new Map(
    files.flatMap((file): [string, string][] => {
      const { file: source, problem } = decode(file);
      return problem ? [] : [[file.path, source.text]];
    }),
  );
}

function withTexts(files: readonly RawFile[], texts: Texts): RawFile[] {
  const before = new Map(files.map((file) => [file.path, decode(file)]));
  const encoded = (path: string) => {
    const bom = before.get(path)?.file.bom ? "\uFEFF" : "";
    return { path, bytes: new TextEncoder().encode(bom + texts.get(path)) };
  };
  const kept = files.flatMap((file) => {
    const old = before.get(file.path);
    // What no fix touches stays the same object: that is how changes are told.
    if (old?.problem || old?.file.text === texts.get(file.path)) return [file];
    return texts.has(file.path) ? [encoded(file.path)] : [];
  });
  const made = [...texts.keys()].filter((path) => !before.has(path)).map(encoded);
  return [...kept, ...made];
}

function newPaths({ edits }: Fix): string[] {
  return edits.flatMap((edit) =>
    edit.kind === "rename" ? [edit.to] : edit.kind === "create" ? [edit.file] : [],
  );
}

/** What became of one file; one side is absent where it is made or goes. */
interface FileChange {
  readonly before?: RawFile;
  readonly after?: RawFile;
}

function changesBetween(before: readonly RawFile[], { files, applied }: Fixed): FileChange[] {
  const old = new Map(before.map((file) => [file.path, file]));
  const origins = originsOf(applied);
  const moved = new Set(origins.values());
  const kept = files.map((after): FileChange => {
    const from = old.get(origins.get(after.path) ?? after.path);
    return { ...(from && { before: from }), after };
  });
  const came = new Set(kept.map((change) => change.before?.path));
  const gone = before.filter(({ path }) => !came.has(path) && !moved.has(path));
  return [...kept, ...gone.map((file): FileChange => ({ before: file }))]
    .filter((change) => change.before !== change.after)
    .sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
}

/** New path → the path that the file had before any fix. */
function originsOf(applied: readonly Fix[]): Map<string, string> {
  const origins = new Map<string, string>();
  for (const { edits } of applied) {
    const moves = edits.filter((edit) => edit.kind === "rename");
    const from = moves.map(({ file }) => origins.get(file) ?? file);
    for (const { file } of moves) origins.delete(file);
    for (const [index, { to }] of moves.entries()) origins.set(to, from[index] ?? to);
  }
  return origins;
}

function pathOf({ before, after }: FileChange): string {
  return (before ?? after)?.path ?? "";
}

function stepsOf({ before, after }: FileChange): Step[] {
  if (!before) return after ? [{ kind: "create", file: after.path, bytes: after.bytes }] : [];
  const { path: file, bytes } = before;
  if (!after) return [{ kind: "delete", file, before: bytes }];
  const isSame = Buffer.compare(bytes, after.bytes) === 0;
  return [
    ...(isSame ? [] : [{ kind: "rewrite", file, bytes: after.bytes, before: bytes } as const]),
    ...(file === after.path ? [] : [{ kind: "rename", file, to: after.path } as const]),
  ];
}

/** Git takes the paths of a patch from the root of the repository, wherever it stands. */
function patchStart(folder: string, cwd: string): string {
  const root = gitRoot(folder);
  if (existsSync(join(root, ".git"))) return root;
  return isWithin(folder, cwd) ? cwd : folder;
}

function isWithin(path: string, folder: string): boolean {
  const from = relative(folder, path);
  return !isAbsolute(from) && from.split(sep)[0] !== "..";
}

function diffOf({ before, after }: FileChange, named: (path: string) => string): string {
  const side = (file: RawFile | undefined) => ({
    ...(file && { name: named(file.path) }),
    text: file ? textWithMark(file) : "",
  });
  return unifiedDiff(side(before), side(after));
}

/** Without its byte order mark, git would not find the line that it stands on. */
function textWithMark(raw: RawFile): string {
  const { text, bom } = decode(raw).file;
  return bom ? `\uFEFF${text}` : text;
}

function summary({ applied, report }: Fixed, changes: readonly FileChange[], lint: string): string {
  const left = report.findings.length;
  const rest =
    left === 0
      ? "nothing is left"
      : `${count(left, "finding")} left: ${lint} shows ${left === 1 ? "it" : "them"}`;
  if (applied.length === 0) return `nothing to fix, ${rest}`;
  return `${count(applied.length, "fix", "fixes")} in ${count(changes.length, "file")}, ${rest}`;
}
