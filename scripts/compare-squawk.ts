import { readdirSync } from "node:fs";
import { lint } from "#core/lint/lint.ts";
import type { Finding } from "#core/report/model.ts";
import { corpusSets, readCorpusFolder } from "./corpus/read-corpus-folder.ts";
import { sampleOf, seededRandom } from "./corpus/seeded-random.ts";
import { type SquawkFinding, squawkFindings } from "./corpus/squawk-findings.ts";
import { squawkRules } from "./corpus/squawk-rules.ts";

/**
 * A random sample of what squawk says about locks, scans and rewrites, and which of our rules says it too. Each line is
 * then read against its SQL, and what is right goes into test/rules/squawk-labels.tsv.
 *
 *     SWITCHBACK_CORPUS=… node scripts/run.mjs scripts/compare-squawk.ts [--sample 0] [--seed 1] [--missed] [folder…]
 *
 * `--missed` prints only those of the sample that none of ours says.
 */
const postgres = 16;
const options = { sample: "0", seed: "1" };
let missedOnly = false;
const folders: string[] = [];
const rest = process.argv.slice(2);
while (rest.length > 0) {
  const word = rest.shift() ?? "";
  const name = word.replace(/^--/, "");
  if (word === "--missed") missedOnly = true;
  else if (word.startsWith("--") && name in options)
    options[name as keyof typeof options] = rest.shift() ?? "";
  else folders.push(word);
}
if (folders.length === 0) folders.push(...readdirSync(corpusSets()).sort());

const pairs: { said: SquawkFinding; ours: Finding | undefined }[] = [];
let everything = 0;
for (const name of folders) {
  const folder = readCorpusFolder(name);
  const said = squawkFindings(folder, postgres);
  everything += said.length;
  const { findings, foreign } = await lint({ folder, preset: "recommended", rules: {}, postgres });
  if (foreign) continue;
  for (const it of said) {
    const names = squawkRules[it.rule];
    if (!names) continue;
    const ours = findings.find(
      ({ file, rule, range }) =>
        file === it.file &&
        names.includes(rule) &&
        range.start.line <= it.endLine &&
        it.line <= range.end.line,
    );
    pairs.push({ said: it, ours });
  }
}
const both = pairs.filter(({ ours }) => ours).length;
console.log(
  `squawk: ${everything} findings in ups, ${pairs.length} of locks, scans and rewrites; ${both} are ours too`,
);
for (const rule of Object.keys(squawkRules)) {
  const of = pairs.filter(({ said }) => said.rule === rule);
  if (of.length > 0) console.log(`  ${of.filter(({ ours }) => ours).length} of ${of.length} ${rule}`);
}
for (const { said, ours } of sampleOf(pairs, Number(options.sample), seededRandom(Number(options.seed)))) {
  if (ours && missedOnly) continue;
  console.log([said.file, said.line, said.rule, ours?.rule ?? "-"].join("\t"));
}
