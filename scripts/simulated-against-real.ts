import { readdirSync } from "node:fs";
import { join } from "node:path";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { loadParser } from "#core/sql/parse.ts";
import { compareFolder } from "./simulated-against-real/compare-folder.ts";
import { describeDifference } from "./simulated-against-real/differences.ts";

/**
 * Is the simulated catalog what PostgreSQL's is? Each up of the corpus is simulated from the real catalog before it
 * and compared with the real one after it: every object, what is known of it and what it depends on.
 * Usage: simulated-against-real.ts [--postgres 15] [folder…]; needs SWITCHBACK_CORPUS.
 */
const corpus = process.env.SWITCHBACK_CORPUS ?? "";
if (corpus === "") throw new Error("SWITCHBACK_CORPUS is not set");
const args = process.argv.slice(2);
const major = args[0] === "--postgres" ? Number(args.splice(0, 2)[1]) : 15;
const names = args.length > 0 ? args : readdirSync(join(corpus, "sets")).sort();

const total = { migrations: 0, identical: 0, notAnalysed: 0 };
const kinds = new Map<string, number>();
const reasons = new Map<string, number>();

await loadParser();
for (const name of names) {
  // Roles outlive a database: each folder has a server of its own.
  const engine = await openEmbedded({ major });
  try {
    for await (const { migration, notAnalysed, differences } of compareFolder(engine, corpus, name)) {
      total.migrations++;
      if (notAnalysed.length > 0) {
        total.notAnalysed++;
        console.log(`${migration}: not analysed: ${notAnalysed.join(", ")}`);
        for (const reason of new Set(notAnalysed)) count(reasons, reason);
      } else if (differences.length === 0) total.identical++;
      for (const difference of differences) {
        count(kinds, `${difference.object.replace(/ [^ ]*[."(].*$/s, "")} ${difference.what}`);
        console.log(`${migration}: ${describeDifference(difference)}`);
      }
    }
  } finally {
    await engine.stop();
  }
}
for (const [kind, n] of byCount(kinds)) console.log(`${n} ${kind}`);
for (const [reason, n] of byCount(reasons)) console.log(`${n} not analysed: ${reason}`);
const analysed = total.migrations - total.notAnalysed;
console.log(
  `${total.identical} of ${analysed} migrations identical (${percent(total.identical, analysed)}), ` +
    `not analysed: ${total.notAnalysed} of ${total.migrations} (${percent(total.notAnalysed, total.migrations)})`,
);

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function byCount(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}
