import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { loadParser } from "#core/sql/parse.ts";
import { judgeHistory } from "./random-histories/judge-history.ts";

/**
 * Random histories against a real server: does each migration take the locks that are foreseen, is it simulated as it runs,
 * read again as it is, and undone by the down that we propose? Usage: random-histories.ts [--postgres 18] [--length 40] [seeds, as in 1 or 1-20]
 */
const args = process.argv.slice(2);
const major = Number(option("--postgres") ?? 18);
const length = Number(option("--length") ?? 40);
const [first = 1, last = first] = (args[0] ?? "1").split("-").map(Number);

const total = { migrations: 0, sound: 0, simulation: 0, down: 0 };
await loadParser();
const engine = await openEmbedded({ major });
try {
  for (let seed = first; seed <= last; seed++) {
    let n = 0;
    for await (const { up, findings, leftOut } of judgeHistory(engine, seed, length)) {
      n += 1;
      total.migrations += 1;
      if (findings.length === 0) total.sound += 1;
      for (const what of leftOut) total[what] += 1;
      for (const finding of findings) console.log(`-- seed ${seed}, migration ${n}\n${up}=> ${finding}\n`);
    }
  }
} finally {
  await engine.stop();
}
console.log(
  `${total.sound} of ${total.migrations} migrations are as they should be on PostgreSQL ${engine.major}; ` +
    `not followed by the simulation: ${total.simulation}, not to be undone without a person: ${total.down}`,
);

function option(name: string): string | undefined {
  const index = args.indexOf(name);
  return index < 0 ? undefined : args.splice(index, 2)[1];
}
