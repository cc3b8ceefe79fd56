import type { Config } from "./config.ts";
import { optionTable } from "./options.ts";

/** What the table says where nobody said anything. */
export const builtInConfig: Config = Object.fromEntries(
  optionTable.filter((row) => row.file && row.default !== undefined).map((row) => [row.name, row.default]),
) as unknown as Config;

/** Merges what was set, strongest first: flags or inputs, then the file, then what is built in. Rules merge one by one. */
export function resolveConfig(...strongestFirst: readonly Partial<Config>[]): Config {
  const layers = [...strongestFirst].reverse();
  const merged: Config = Object.assign({}, builtInConfig, ...layers);
  const rules = Object.assign({}, ...layers.map((layer) => layer.rules));
  const said = layers.some(({ postgres, target }) => (postgres ?? target) !== undefined);
  return { ...merged, rules, ...(said ? {} : { versionUnsaid: true }) };
}
