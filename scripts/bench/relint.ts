/**
 * What one edited file costs in a folder that is linted again and again, as in an editor, beside a lint from scratch in
 * the same warm process.
 *
 *     npm run bench -- relint [rounds]
 */
import { lint } from "#core/lint/lint.ts";
import type { LintInput } from "#core/lint/lint-input.ts";
import { LintSession } from "#core/lint/session/lint-session.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { figure } from "./figure.ts";
import { longHistory } from "./long-history.ts";
import { median } from "./median.ts";

const rounds = Number(process.argv[2] ?? 25);
const texts = new Map(Object.entries(longHistory()));
const ups = [...texts.keys()].filter((path) => path.endsWith(".up.sql")).sort();
const session = new LintSession();

const scratch = await medianOf((round) => lint(edited(ups.at(-1), `\n-- ${round}`)));
await session.lint(inputOf(texts));
print(
  `lint of ${texts.size} files in a warm process: ${scratch.toFixed(1)} ms; with one file edited, ${rounds} rounds, medians`,
);
for (const [what, path] of [
  ["last", ups.at(-1)],
  ["first", ups[0]],
] as const) {
  const below = await medianOf((round) => session.lint(edited(path, `\n-- ${round}`)));
  if (what === "last") figure("relint/edit", ((below / scratch) * 100).toFixed(0));
  const column = await medianOf((round) =>
    session.lint(edited(path, `\nALTER TABLE t1 ADD COLUMN extra${round} text;`)),
  );
  print(
    `  ${what.padEnd(5)} migration  ${words("a comment", below)}, ${words("a statement", column)} (limit 15 ms)`,
  );
}
figure("relint/files", String(texts.size));
print(`  memory of the process ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`);

/** The first rounds teach the compiler. */
async function medianOf(run: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = -10; round < rounds; round++) {
    const started = performance.now();
    await run(round + 10);
    if (round >= 0) times.push(performance.now() - started);
  }
  return median(times);
}

/** Reading the folder is part of it. */
function edited(path: string | undefined, end: string): LintInput {
  return inputOf(new Map(texts).set(path ?? "", `${texts.get(path ?? "")}${end}`));
}

function inputOf(files: ReadonlyMap<string, string>): LintInput {
  const raw = [...files].map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
  const folder = readMigrations("migrations", raw, golangMigrate);
  return { folder, preset: "recommended", rules: {}, postgres: 18 };
}

function words(what: string, ms: number): string {
  return `${what} ${ms.toFixed(1)} ms, ${((ms / scratch) * 100).toFixed(0)} %`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
