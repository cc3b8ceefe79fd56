import type { SqlStateExample } from "./sqlstates.ts";

/** The example as a script with comments, a statement a line. */
export function exampleScript({ before, meanwhile, sql }: SqlStateExample): string {
  const parts = [
    ...(before ? ["-- before", before] : []),
    ...(meanwhile ? ["-- meanwhile, in another session", meanwhile] : []),
    ...(before || meanwhile ? ["-- then"] : []),
    sql,
  ];
  return parts.join("\n").replaceAll("; ", ";\n");
}
