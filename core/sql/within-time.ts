/**
 * Runs synchronous work and throws when it takes longer than `ms`, also out of an endless loop or regular expression.
 * A browser has no means for that: there the limit does not hold.
 */
export function withinTime(ms: number, work: () => unknown): void {
  // Looked up when it is needed: a static import of a module of Node keeps this out of browsers.
  const vm = globalThis.process?.getBuiltinModule?.("node:vm");
  if (vm) vm.runInNewContext("work()", { work }, { timeout: ms });
  else work();
}
