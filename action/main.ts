import { error, getInput, setSecret } from "@actions/core";
import { escapeControlLines } from "#core/report/text/escape-control.ts";
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
  // Whatever a server, a library or a stack says later, the runner puts asterisks there.
  for (const secret of secretsOf(read.inputs)) setSecret(secret);
  const told = readEnvironment(process.env);
  if (!told.ok) return impossible(...(read.ok ? [] : read.problems), told.problem);
  try {
    return await run(read, told.environment, abort.signal);
  } catch (bug) {
    if (abort.signal.aborted) return impossible("The job was cancelled.");
    publishLog(bug instanceof Error ? (bug.stack ?? "") : String(bug), (text) => process.stdout.write(text));
    return impossible(`This is a bug in Switchback, please report it: ${bug}`);
  }
}

function impossible(...problems: readonly string[]): Outcome {
  return { conclusion: "error", problems: problems.map((words) => ({ words })) };
}

const { conclusion, problems } = await outcome();
for (const { words, place } of problems)
  error(
    escapeControlLines(words),
    place && { file: place.file, startLine: place.line, startColumn: place.column },
  );
if (conclusion === "error") publishOutputs(conclusion, undefined, {});
// Engines and connections that a library left open must not keep a finished job alive.
process.exit(conclusion === "failure" || problems.length > 0 ? 1 : 0);
