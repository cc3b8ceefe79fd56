import { resolve } from "node:path";
import type { Config } from "#core/config/config.ts";
import { configFileName } from "#core/config/find-config.ts";
import { loadConfig } from "#core/config/load-config.ts";
import { optionTable } from "#core/config/options.ts";
import { resolveConfig } from "#core/config/resolve-config.ts";
import { type CannotRun, cannotRun } from "../cannot-run.ts";
import type { Flags } from "../grammar/request.ts";
import { listed } from "../init/walk-folders.ts";
import { print } from "../write-output.ts";

/** Flags over the configuration file over what is built in. Paths come out absolute. */
export async function checkConfig(flags: Flags, cwd: string): Promise<Config | CannotRun> {
  const file = typeof flags.config === "string" ? flags.config : undefined;
  const loaded = await loadConfig(cwd, file, ruleNames);
  if (!loaded.ok) return cannotRun(loaded.problems.join("\n"));
  if (loaded.file === undefined) await tellOtherName(cwd);
  const config = resolveConfig(configFlags(flags, cwd), loaded.values);
  return { ...config, migrations: resolve(cwd, config.migrations) };
}

/** Under another name it would be passed over without a word. */
async function tellOtherName(cwd: string): Promise<void> {
  const other = listed(cwd).find(({ name }) => otherNames.test(name))?.name;
  if (other !== undefined)
    await print(process.stderr, `${other} is not read: the configuration is called ${configFileName}\n`);
}

const otherNames =
  /^\.?switchback(?:rc)?\.(?:jsonc?|json5|ya?ml|toml)$|^\.switchbackrc$|^switchback\.config\.[cm]?[jt]s$/;

async function ruleNames(): Promise<readonly string[]> {
  const { configurableRules } = await import("#core/every-rule.ts");
  return configurableRules.map((rule) => rule.name);
}

function configFlags(flags: Flags, cwd: string): Partial<Config> {
  const given = optionTable.flatMap((option) => {
    const value = flags[option.name];
    if (!option.file || value === undefined) return [];
    return [[option.name, option.type.kind === "path" ? resolve(cwd, String(value)) : value]];
  });
  return Object.fromEntries(given);
}
