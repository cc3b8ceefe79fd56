import { exitCodes } from "./exit-codes.ts";
import { run } from "./run.ts";
import { CannotPrint, print } from "./write-output.ts";

void main();

async function main(): Promise<never> {
  // A reader that went away (`| head`) is its own business: `print` waits for the write, the event alone would throw.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});

  let code: number;
  try {
    code = await run(process.argv.slice(2));
  } catch (error) {
    // There may be no place left to say it.
    await print(process.stderr, wordsOf(error)).catch(() => {});
    code = exitCodes.couldNotRun;
  }
  // Whatever a library left open must not keep a finished run alive.
  process.exit(code);
}

function wordsOf(error: unknown): string {
  if (error instanceof CannotPrint) return `switchback: ${error.message}\n`;
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `switchback: this is a bug in Switchback, please report it\n${trace}\n`;
}
