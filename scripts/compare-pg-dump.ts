// Whether our catalog and pg_dump agree on what is different, over real folders:
//
//     SWITCHBACK_CORPUS=… node scripts/run.mjs scripts/compare-pg-dump.ts [folder…]
//
// Two states are compared after each down (with the state before the up) and after each second up (with the state
// after the first). The server has the major version of the pg_dump that is installed.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { compareFolder, disagree } from "./compare-pg-dump/compare-folder.ts";
import { pgDumpMajor } from "./compare-pg-dump/dump.ts";

const corpus = process.env.SWITCHBACK_CORPUS;
const major = pgDumpMajor();
if (!corpus || !major) {
  print(`skipped: ${corpus ? "pg_dump is not installed" : "SWITCHBACK_CORPUS is not set"}`);
  process.exit(0);
}

const engine = await openEmbedded({ major });
let compared = 0;
let different = 0;
let disagreed = 0;
try {
  for (const name of chosenFolders(join(corpus, "sets"))) {
    const prelude = join(corpus, "prelude", `${name}.sql`);
    const steps = compareFolder(
      engine,
      join(corpus, "sets", name),
      existsSync(prelude) ? readFileSync(prelude, "utf8") : undefined,
    );
    const before = { compared, disagreed };
    for await (const step of steps) {
      compared += 1;
      if (step.theirs.length > 0) different += 1;
      if (!disagree(step)) continue;
      disagreed += 1;
      print(`${name} ${step.step}`);
      for (const words of step.ours) print(`  only we say: ${words}`);
      for (const line of step.theirs) print(`  only pg_dump says: ${line}`);
    }
    print(`${name}: ${compared - before.compared} compared, ${disagreed - before.disagreed} disagreements`);
  }
} finally {
  await engine.stop();
}
print(
  `${compared} comparisons on PostgreSQL ${engine.postgres}, ${different} of them different for pg_dump: ${compared - disagreed} agree, ${disagreed} do not`,
);

/** Folders of golang-migrate. */
function chosenFolders(root: string): string[] {
  const [...wanted] = process.argv.slice(2);
  if (wanted.length > 0) return wanted;
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => readdirSync(join(root, name)).some((file) => file.endsWith(".up.sql")));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
