import { processPlace, processStart } from "./process-start.ts";

/** The process that made something which it is going to remove. */
export interface Owner {
  readonly pid: number;
  readonly start: string;
  readonly place: string;
}

export function thisProcess(): Owner {
  return { pid: process.pid, start: processStart(process.pid) ?? "", place: processPlace() };
}

/** Undefined where nobody can tell: in another container, or before a restart of the machine. */
export function isGone({ pid, start, place }: Owner): boolean | undefined {
  if (place !== processPlace()) return undefined;
  return processStart(pid) !== start;
}

/** What `JSON.stringify` made of an owner. */
export function parseOwner(text: string | undefined): Owner | undefined {
  try {
    const { pid, start, place } = JSON.parse(text ?? "") as Partial<Owner>;
    if (typeof pid !== "number" || typeof start !== "string" || typeof place !== "string") return undefined;
    return { pid, start, place };
  } catch {
    return undefined;
  }
}
