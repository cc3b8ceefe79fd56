import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { withoutMark } from "../migration/without-mark.ts";
import type { Position } from "../report/model.ts";
import type { Config } from "./config.ts";
import { findConfig } from "./find-config.ts";
import { optionTable } from "./options.ts";

export type LoadedConfig =
  | {
      readonly ok: true;
      /** What the file sets; paths are absolute. Empty where there is no file. */
      readonly values: Partial<Config>;
      /** The file that was read. */
      readonly file?: string;
    }
  | {
      readonly ok: false;
      readonly problems: readonly string[];
      /** The file that they are about. */
      readonly file: string;
      /** Of each problem where it stands; empty where the file could not be read. */
      readonly positions: readonly Position[];
    };

/**
 * Reads `file`, or else the nearest `switchback.jsonc` of the working folder. Problems are printed as
 * `switchback.jsonc:3:5: unknown key "polstgres": did you mean "postgres"?`.
 */
export async function loadConfig(
  folder: string,
  file: string | undefined,
  ruleNames: () => Promise<readonly string[]>,
): Promise<LoadedConfig> {
  const path = file === undefined ? findConfig(folder) : resolve(folder, file);
  if (path === undefined) return { ok: true, values: {} };
  const shown = relative(folder, path).replaceAll("\\", "/") || ".";
  let text: string;
  try {
    text = withoutMark(readFileSync(path, "utf8"));
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    const problem = `${shown}: ${reasons[code] ?? "it cannot be read"}`;
    return { ok: false, problems: [problem], file: path, positions: [] };
  }
  // Most runs have no file and need no parser for one.
  const { parseConfig } = await import("./parse-config.ts");
  const { values, problems } = parseConfig(text, await ruleNames());
  if (problems.length > 0)
    return {
      ok: false,
      problems: problems.map(
        ({ message, position }) => `${shown}:${position.line}:${position.column}: ${message}`,
      ),
      file: path,
      positions: problems.map(({ position }) => position),
    };
  return { ok: true, values: withAbsolutePaths(values, dirname(path)), file: path };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder, and the configuration is a file",
  EACCES: "you may not read it: chmod u+r",
};

function withAbsolutePaths(values: Partial<Config>, folder: string): Partial<Config> {
  const paths = optionTable.filter((option) => option.type.kind === "path").map((option) => option.name);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      paths.includes(name) && typeof value === "string" ? resolve(folder, value) : value,
    ]),
  );
}
