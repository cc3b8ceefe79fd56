import { error, getInput, setSecret } from "@actions/core";
import { readEnvironment } from "./environment.ts";
import { readInputs } from "./inputs.ts";
import { publishLog } from "./publish/log.ts";
import { publishOutputs } from "./publish/outputs.ts";
import { type Outcome, run } from "./run.ts";
import { secretsOf } from "./secrets.ts";

const abort = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => abort.abort());

async function outcome(): Promise<Outcome> {
  const read = readInputs(getInput);
  if (!read.ok) return { conclusion: "error", problems: read.problems };
  // Whatever a server, a library or a stack says later, the runner puts asterisks there.
  for (const secret of secretsOf(read.inputs)) setSecret(secret);
  const told = readEnvironment(process.env);
  if (!told.ok) return { conclusion: "error", problems: [told.problem] };
  try {
    return await run(read.inputs, told.environment, abort.signal);
  } catch (bug) {
    if (abort.signal.aborted) return { conclusion: "error", problems: ["The job was cancelled."] };
    publishLog(bug instanceof Error ? (bug.stack ?? "") : String(bug), (text) => process.stdout.write(text));
    return { conclusion: "error", problems: [`This is a bug in Switchback, please report it: ${bug}`] };
  }
}

const { conclusion, problems } = await outcome();
for (const problem of problems) error(problem);
if (conclusion === "error") publishOutputs(conclusion, undefined, {});
// Engines and connections that a library left open must not keep a finished job alive.
process.exit(conclusion === "failure" || problems.length > 0 ? 1 : 0);
