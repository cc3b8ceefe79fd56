/**
 * Lints mutated migrations and prints what broke, with what it takes to make it again:
 * `node scripts/run.mjs scripts/fuzz.ts [inputs] [seed]`. The sources are the examples of the rules, and the real
 * folders where SWITCHBACK_CORPUS is set.
 */
import { fuzzLint } from "./fuzz/fuzz-lint.ts";
import { fuzzSources } from "./fuzz/fuzz-sources.ts";

const [inputs = 200_000, seed = 1] = process.argv.slice(2).map(Number);
const sources = fuzzSources();
process.stdout.write(`${sources.length} sources, ${inputs} inputs, seed ${seed}\n`);
const onProgress = (done: number) => process.stderr.write(`${done}\n`);
const { mutants, parsed, slowest, failures } = await fuzzLint({ sources, seed, inputs, onProgress });
process.stdout.write(
  `${mutants} mutants, ${Math.round((100 * parsed) / mutants)} % parse, the slowest input took ${Math.round(slowest)} ms\n`,
);
for (const { input, how, problem, files } of failures) {
  process.stdout.write(
    `\ninput ${input}, ${how}: ${problem}\n${JSON.stringify(Object.fromEntries(files))}\n`,
  );
}
process.stdout.write(
  failures.length === 0 ? "nothing broke\n" : `\n${failures.length} inputs broke something\n`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
