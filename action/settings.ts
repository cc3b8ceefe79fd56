import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Config } from "#core/config/config.ts";
import { loadConfig } from "#core/config/load-config.ts";
import { resolveConfig } from "#core/config/resolve-config.ts";
import { configurableRules } from "#core/every-rule.ts";
import { detectFolder } from "#core/migration/detect-folder.ts";
import { pastNewest } from "#core/migration/history-end.ts";
import { type ChosenLayout, chooseLayout } from "#core/migration/layout/choose-layout.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { type NamedFiles, namedFiles } from "#core/named-files.ts";
import { checkoutRoot, pathInside, realPathInside } from "./checkout-root.ts";
import type { Environment } from "./environment.ts";
import { type Folder, readCheckout, staysInside } from "./folder.ts";
import type { Inputs } from "./inputs.ts";

export type Settings =
  | ({
      readonly ok: true;
      readonly config: Config;
      readonly folder: Folder;
      /** Of the checkout: what the paths of the repository begin at. */
      readonly root: string;
      /** What could not be seen, and what would show it. */
      readonly notes: readonly string[];
    } & NamedFiles["input"])
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Inputs over the configuration file over what is built in; paths become paths of the repository. `inCommit` tells the
 * layout of a folder that is not checked out.
 */
export async function readSettings(
  inputs: Inputs,
  { workspace, owner, repo }: Pick<Environment, "workspace" | "owner" | "repo">,
  inCommit: (folder: string) => Promise<ChosenLayout | undefined>,
): Promise<Settings> {
  const directory = resolve(workspace, inputs.workingDirectory);
  const loaded = await loadConfig(directory, inputs.configFile, async () =>
    configurableRules.map((rule) => rule.name),
  );
  if (!loaded.ok) return loaded;
  const resolved = resolveConfig(absolutePaths(inputs.config, directory), loaded.values, builtIn);
  const place = resolve(directory, resolved.migrations);
  const root = checkoutRoot(workspace, place, `${owner}/${repo}`);
  const named = pathInside(root, place);
  if (named === undefined) {
    return {
      ok: false,
      problems: [`The migration folder ${resolved.migrations} is outside of the repository.`],
    };
  }
  const path = realPathInside(root, place) ?? named;
  const told = resolved.layout === "auto" && !existsSync(place) ? await inCommit(path) : undefined;
  const chosen = told ?? chooseLayout(resolved.layout, () => detectFolder(place, path));
  if (!chosen.ok) return { ok: false, problems: [`${chosen.problem}; ${chosen.remedy}.`] };
  const { layout } = chosen;
  const config = { ...resolved, layout: layout.name };
  const folder = { path, layout };
  const { input, problems: unreadable } = namedFiles(config, (file) => pathInside(root, file));
  const past = lineTooFar(inputs, config, folder, root);
  const sql = [input.prelude, input.baseline, ...(input.fixtures ?? [])];
  const elsewhere = sql.flatMap((file) =>
    file === undefined || staysInside(root, file.path) ? [] : [`${file.path} leads out of the repository.`],
  );
  const problems = [...unreadable.map(sentence), ...elsewhere, ...(past === undefined ? [] : [`${past}.`])];
  if (problems.length > 0) return { ok: false, problems };
  const unseen = loaded.file === undefined && !existsSync(place) && !existsSync(join(root, ".git"));
  const notes = unseen ? [nothingThere] : [];
  return { ok: true, config, folder, root, notes, ...input };
}

const nothingThere =
  "Nothing is checked out here, so a switchback.jsonc of the repository was not read: add actions/checkout before this step.";

/** Held against the checkout that the configuration is of: a stranger's branch may be older than the line. */
function lineTooFar(
  inputs: Inputs,
  { startAfter }: Config,
  folder: Folder,
  root: string,
): string | undefined {
  const read = startAfter === undefined ? undefined : readCheckout(root, folder);
  if (!read?.ok) return undefined;
  const option = inputs.config.startAfter === undefined ? "startAfter" : "start-after";
  return pastNewest(readMigrations(folder.path, read.files, folder.layout), startAfter, option);
}

/** A pull request has few migrations, and who reviews it wants to know what they lock. */
const builtIn: Partial<Config> = { locks: true };

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function absolutePaths(config: Partial<Config>, directory: string): Partial<Config> {
  const { migrations, prelude, baseline, fixtures } = config;
  return {
    ...config,
    ...(migrations === undefined ? {} : { migrations: resolve(directory, migrations) }),
    ...(prelude === undefined ? {} : { prelude: resolve(directory, prelude) }),
    ...(baseline === undefined ? {} : { baseline: resolve(directory, baseline) }),
    ...(fixtures === undefined ? {} : { fixtures: resolve(directory, fixtures) }),
  };
}
