/**
 * Runs synchronous work and throws when it takes more processor time than `ms`, also out of an endless loop or regular
 * expression. The clock decides when to look; work that others kept from the processor is begun again with more of it,
 * so it must leave no traces. A browser has no means for that: there the limit does not hold.
 */
export function withinTime(ms: number, work: () => unknown): void {
  // Looked up when it is needed: a static import of a module of Node keeps this out of browsers.
  const vm = globalThis.process?.getBuiltinModule?.("node:vm");
  if (!vm) {
    work();
    return;
  }
  for (let timeout = ms; ; timeout *= 2) {
    const before = process.cpuUsage();
    try {
      vm.runInNewContext("work()", { work }, { timeout });
      return;
    } catch (error) {
      const { user, system } = process.cpuUsage(before);
      const held = (user + system) / 1000 < ms * most;
      if (!held || !isTimeout(error)) throw error;
    }
  }
}

/** The part of the time that a loop has of the processor where nobody else wants it, at least. */
const most = 0.9;

function isTimeout(error: unknown): boolean {
  return (error as NodeJS.ErrnoException)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
