import { lint } from "#core/lint/lint.ts";
import type { Finding } from "#core/report/model.ts";
import { readCorpusFolder } from "./corpus/read-corpus-folder.ts";
import { sampleOf, seededRandom } from "./corpus/seeded-random.ts";

/**
 * What the rules say of real folders: findings by rule, and a random sample to be read against the SQL.
 * Usage: corpus-findings.ts [--preset recommended] [--sample 100] [--seed 1] [--rule name] folder…
 * Needs SWITCHBACK_CORPUS.
 */
const options = { preset: "recommended", sample: "0", seed: "1", rule: "", postgres: "16" };
const folders: string[] = [];
const rest = process.argv.slice(2);
while (rest.length > 0) {
  const word = rest.shift() ?? "";
  const name = word.replace(/^--/, "");
  if (word.startsWith("--") && name in options) options[name as keyof typeof options] = rest.shift() ?? "";
  else folders.push(word);
}
if (folders.length === 0) folders.push("openmeter", "mattermost", "bat-go");

const all: Finding[] = [];
for (const name of folders) {
  const { findings } = await lint({
    folder: readCorpusFolder(name),
    preset: options.preset as "recommended" | "strict" | "all",
    rules: {},
    postgres: Number(options.postgres),
  });
  const chosen = findings.filter(({ rule }) => options.rule === "" || rule === options.rule);
  console.log(`${name}: ${chosen.length}`);
  const counts = new Map<string, number>();
  for (const { rule } of chosen) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  for (const [rule, count] of [...counts].sort((a, b) => b[1] - a[1])) {
    console.log(`  ${String(count).padStart(5)} ${rule}`);
  }
  all.push(...chosen);
}

for (const finding of sampleOf(all, Number(options.sample), seededRandom(Number(options.seed)))) {
  const { file, range, rule, message, severity } = finding;
  console.log(`\n${file}:${range.start.line} ${severity} ${rule}\n  ${message}`);
}
