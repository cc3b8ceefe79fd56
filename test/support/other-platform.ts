import { onTestFinished } from "vitest";

/** Until the test is over, code that asks Node gets to know that it runs on another system. */
export function otherPlatform(name: NodeJS.Platform): void {
  const { getuid } = process;
  const own = Object.getOwnPropertyDescriptor(process, "platform") ?? {};
  Object.defineProperty(process, "platform", { ...own, value: name });
  // Windows knows no user numbers.
  if (name === "win32") Object.assign(process, { getuid: undefined });
  onTestFinished(() => {
    Object.defineProperty(process, "platform", own);
    Object.assign(process, { getuid });
  });
}
