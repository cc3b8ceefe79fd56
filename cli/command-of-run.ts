import { shellWord } from "#core/author/shell-word.ts";
import { optionTable } from "#core/config/options.ts";
import type { Flags } from "./grammar/request.ts";

/** The command that goes on where a run ended: with another folder, base or preset it would see other findings. */
export function commandOfRun(command: "fix" | "lint", paths: readonly string[], flags: Flags): string {
  const said = optionTable.flatMap(({ name, flag }) => {
    const value = flags[name];
    if (value === undefined || name === "failOn" || !flag?.commands.includes("lint")) return [];
    return [flag.name, shellWord(String(value))];
  });
  return [`switchback ${command}`, ...paths.map(shellWord), ...said].join(" ");
}
