import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "#core/config/config.ts";
import { findConfig } from "#core/config/find-config.ts";
import { withoutMark } from "#core/migration/without-mark.ts";
import { type CannotRun, cannotRun } from "../cannot-run.ts";
import type { Flags } from "../grammar/request.ts";
import { shownPath } from "./shown-path.ts";

/** The same, and below it the line of the configuration that said so: who reads it looks for the word there. */
export async function withOrigin(
  problem: CannotRun,
  option: keyof Config,
  flags: Flags,
  cwd: string,
): Promise<CannotRun> {
  const place = flags[option] === undefined ? await placeInConfig(option, flags, cwd) : undefined;
  if (place === undefined) return problem;
  const [first = "", ...more] = problem.cannotRun.split("\n");
  return cannotRun([first, `  "${option}" in ${place}`, ...more].join("\n"));
}

async function placeInConfig(option: keyof Config, flags: Flags, cwd: string): Promise<string | undefined> {
  const file = typeof flags.config === "string" ? resolve(cwd, flags.config) : findConfig(cwd);
  if (file === undefined) return undefined;
  // Few runs come here, and a parser takes long to load.
  const { keyInConfig } = await import("#core/config/key-in-config.ts");
  const position = keyInConfig(withoutMark(readFileSync(file, "utf8")), option)?.position;
  return position && `${shownPath(file, cwd)}:${position.line}:${position.column}`;
}
