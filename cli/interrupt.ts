import { exitCodes } from "./exit-codes.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The first Ctrl-C asks the work to stop and clean up; the second ends the process where it stands. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of signals)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(exitCodes.interrupted);
      controller.abort();
    });
  return controller.signal;
}
