import { applyEdits } from "#core/lint/apply-fixes.ts";
import { lint } from "#core/lint/lint.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import type { Finding, Range } from "#core/report/model.ts";
import { loadParser, parseSql } from "#core/sql/parse.ts";
import { seededRandom } from "../corpus/seeded-random.ts";
import type { FuzzSource } from "./fuzz-sources.ts";
import { mutateSql } from "./mutate-sql.ts";

export interface FuzzOptions {
  readonly sources: readonly FuzzSource[];
  readonly seed: number;
  readonly inputs: number;
  /** What judges a folder, given as texts by their paths. */
  readonly judge?: Judge;
  readonly onProgress?: (done: number) => void;
}

export type Files = ReadonlyMap<string, string>;
export type Judge = (files: Files) => Promise<readonly Finding[]>;

export interface FuzzResult {
  readonly inputs: number;
  /** Mutated scripts, and how many of them PostgreSQL's grammar accepts. */
  readonly mutants: number;
  readonly parsed: number;
  /** Milliseconds of processor time that the slowest input took. */
  readonly slowest: number;
  readonly failures: readonly FuzzFailure[];
}

export interface FuzzFailure {
  /** Number of the input: with the seed it can be made again. */
  readonly input: number;
  readonly how: string;
  readonly problem: string;
  readonly files: Files;
}

/** An input may take this much processor time; the clock would blame it for what others do on the machine. */
const longest = 1000;

/** Lints mutated migrations. Nothing may throw, take long, or point outside of its file. */
export async function fuzzLint(options: FuzzOptions): Promise<FuzzResult> {
  await loadParser();
  const { sources, seed, inputs, judge = lintTexts } = options;
  const others = sources.flatMap(({ up, down }) => [up, down]).filter((text) => text !== "");
  const failures: FuzzFailure[] = [];
  let [mutants, parsed, slowest] = [0, 0, 0];
  for (let input = 0; input < inputs; input++) {
    const random = seededRandom(seed * 1_000_003 + input);
    const source = sources[Math.floor(random() * sources.length)];
    if (!source) break;
    const up = mutateSql(source.up, others, random);
    const down = random() < 0.3 ? mutateSql(source.down, others, random) : undefined;
    for (const mutant of [up, down]) {
      if (!mutant) continue;
      mutants++;
      if (!parseSql(mutant.text).problem) parsed++;
    }
    const files = new Map([
      ["m/000001_before.up.sql", source.before],
      ["m/000001_before.down.sql", "SELECT 1;"],
      ["m/000002_fuzz.up.sql", up.text],
      ["m/000002_fuzz.down.sql", (down ?? { text: source.down }).text],
    ]);
    const { problem, took } = await judged(files, judge);
    slowest = Math.max(slowest, took);
    const found = problem ?? (took > longest ? `took ${took.toFixed(0)} ms` : undefined);
    if (found) failures.push({ input, how: `${up.how} / ${down?.how ?? "-"}`, problem: found, files });
    if ((input + 1) % 5000 === 0) options.onProgress?.(input + 1);
  }
  return { inputs, mutants, parsed, slowest, failures };
}

/** The shortest of three looks where the first took long: everything else on a machine makes them longer only. */
async function judged(files: Files, judge: Judge): Promise<{ problem: string | undefined; took: number }> {
  let took = Number.POSITIVE_INFINITY;
  let problem: string | undefined;
  for (let look = 0; look < 3 && took > longest; look++) {
    const before = process.cpuUsage();
    problem = await problemOf(files, judge);
    const { user, system } = process.cpuUsage(before);
    took = Math.min(took, (user + system) / 1000);
  }
  return { problem, took };
}

async function problemOf(files: Files, judge: Judge): Promise<string | undefined> {
  try {
    const findings = await judge(files);
    return findings.map((finding) => outside(finding, files)).find((it) => it !== undefined);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

async function lintTexts(files: Files): Promise<readonly Finding[]> {
  const encoder = new TextEncoder();
  const raw = [...files].map(([path, text]) => ({ path, bytes: encoder.encode(text) }));
  const folder = readMigrations("m", raw, golangMigrate);
  return (await lint({ folder, preset: "all", rules: {}, postgres: 18 })).findings;
}

/** What points to a place that is not there. */
function outside({ rule, file, range, related = [], fix }: Finding, files: Files): string | undefined {
  const places = [{ file, range }, ...related.map(({ location }) => location)];
  const wrong = places.find((place) => !isInside(place.range, files.get(place.file)));
  if (wrong) return `${rule} points to ${wrong.file} ${JSON.stringify(wrong.range)}`;
  for (const edit of fix?.edits ?? []) {
    if (edit.kind !== "replace") continue;
    const { length } = files.get(edit.file) ?? "";
    if (!(0 <= edit.start && edit.start <= edit.end && edit.end <= length))
      return `the fix of ${rule} edits ${edit.file} ${edit.start}–${edit.end}`;
  }
  if (fix) applyEdits(files, fix.edits);
  return undefined;
}

function isInside({ start, end }: Range, text: string | undefined): boolean {
  if (text === undefined) return false;
  const lines = text.split(/\r\n|\r|\n/);
  const stands = ({ line, column }: Range["start"]) =>
    line >= 1 && column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1;
  const inOrder = start.line < end.line || (start.line === end.line && start.column <= end.column);
  return stands(start) && stands(end) && inOrder;
}
