/**
 * Ends runs of the command line at moments that are uniform over the run, prints the phases that were hit, and what was
 * left behind: `node scripts/run.mjs scripts/interrupt-runs.ts [engine] [times] [kinds]`, where kinds are some of
 * SIGINT,SIGTERM,SIGKILL,twice. After SIGKILL, and after a second Ctrl-C, the next run sweeps. Needs Linux and the built
 * command line; for the engine docker SWITCHBACK_DOCKER_IMAGE.
 */
import { type Ending, InterruptedRuns, kinds } from "../test/support/interrupt/interrupted-runs.ts";
import { openTarget } from "../test/support/interrupt/targets.ts";

const [engine = "embedded", times = "50", asked = "SIGINT,SIGTERM"] = process.argv.slice(2);
const { target, close } = await openTarget(engine);
const runs = new InterruptedRuns(target);
let bad = 0;
try {
  // The first run makes what is kept for later ones.
  await runs.whole();
  const whole = await runs.whole();
  process.stdout.write(`${engine}: a whole run takes ${Math.round(whole.ms)} ms, exit code ${whole.code}\n`);
  for (const thing of whole.left) process.stdout.write(`  a whole run leaves ${thing}\n`);
  for (const kind of kinds.filter((it) => asked.split(",").includes(it))) {
    const endings: Ending[] = [];
    for (let i = 0; i < Number(times); i++) {
      const moment = ((i + Math.random()) / Number(times)) * whole.ms;
      const ending = await runs.interrupted(kind, moment);
      endings.push(ending);
      if (ending.problems.length === 0) continue;
      bad += 1;
      process.stdout.write(
        `  ${kind} at ${Math.round(moment)} ms, ${ending.phase}: ${ending.problems.join("; ")}\n`,
      );
    }
    print(kind, endings);
  }
} finally {
  runs.remove();
  await close();
}
process.stdout.write(bad === 0 ? "nothing was left behind\n" : `${bad} endings were not as they should be\n`);
process.exitCode = bad === 0 ? 0 : 1;

function print(kind: string, endings: readonly Ending[]): void {
  const phases = new Set(endings.map(({ phase }) => phase));
  process.stdout.write(`${kind}: ${endings.length} times, ${phases.size} phases\n`);
  for (const phase of phases) {
    const hits = endings.filter((ending) => ending.phase === phase);
    const codes = [...new Set(hits.map(({ code }) => code))].join(", ");
    const slowest = Math.round(Math.max(...hits.map(({ ms }) => ms)));
    process.stdout.write(
      `  ${String(hits.length).padStart(3)} × ${phase} (exit ${codes}, over within ${slowest} ms)\n`,
    );
  }
}
