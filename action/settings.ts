import { existsSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
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
import { configFile, type NamedKey } from "./config-file.ts";
import type { Environment } from "./environment.ts";
import { type Folder, readCheckout, staysInside } from "./folder.ts";
import type { Inputs } from "./inputs.ts";
import type { Problem } from "./problem.ts";

export type Settings =
  | ({
      readonly ok: true;
      readonly config: Config;
      readonly folder: Folder;
      /** Of the checkout: what the paths of the repository begin at. */
      readonly root: string;
      /** What could not be seen, and what would show it. */
      readonly notes: readonly string[];
      /** Of a folder that is not there: the key of the configuration that names it. */
      readonly namedBy?: NamedKey | undefined;
    } & NamedFiles["input"])
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      /** The folder that the run was to be about, as far as it is known: its comment is found by it. */
      readonly folder?: string | undefined;
    };

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
  const repository = `${owner}/${repo}`;
  const loaded = await loadConfig(directory, inputs.configFile, async () =>
    configurableRules.map((rule) => rule.name),
  );
  const file =
    loaded.file === undefined ? undefined : configFile(loaded.file, { workspace, directory, repository });
  const strayed = file?.strayed;
  const broken = loaded.ok || strayed !== undefined ? undefined : (await file?.key("migrations"))?.path;
  const said = loaded.ok && strayed === undefined ? loaded.values : broken ? { migrations: broken } : {};
  const resolved = resolveConfig(absolutePaths(inputs.config, directory), said, builtIn);
  const place = resolve(directory, resolved.migrations);
  const root = checkoutRoot(workspace, place, repository);
  const named = pathInside(root, place);
  const path = named === undefined ? undefined : (realPathInside(root, place) ?? named);
  const failed = (problems: readonly Problem[]): Settings => ({ ok: false, problems, folder: path });
  // Not a word of it is repeated: a message would tell its keys.
  if (strayed !== undefined) return failed([{ words: `${strayed} leads out of the repository.` }]);
  if (!loaded.ok) {
    const { problems, positions } = loaded;
    return failed(problems.map((words, index) => ({ words, place: file?.place(positions[index]) })));
  }
  /** The key that said so, where it was not an input. */
  const saidBy = async (option: keyof Config) =>
    inputs.config[option] === undefined && loaded.values[option] !== undefined
      ? file?.key(option)
      : undefined;
  const namedBy = () => saidBy("migrations");
  if (path === undefined) {
    const by = await namedBy();
    const written = inputs.config.migrations ?? relative(directory, place);
    const which = by ? `${written}, which ${by.words} names,` : written;
    const words = `The migration folder ${which} is outside of the repository.`;
    return failed([{ words, place: by?.place }]);
  }
  if (isFile(place)) {
    const by = await namedBy();
    const words = `${path} is a file, and ${by?.words ?? "the input path"} names the migration folder.`;
    return failed([{ words, place: by?.place }]);
  }
  const told = resolved.layout === "auto" && !existsSync(place) ? await inCommit(path) : undefined;
  const chosen = told ?? chooseLayout(resolved.layout, () => detectFolder(place, path));
  if (!chosen.ok) return failed([{ words: `${chosen.problem}; ${chosen.remedy}.` }]);
  const { layout } = chosen;
  const config = { ...resolved, layout: layout.name };
  const folder = { path, layout };
  const { input, problems: unreadable } = namedFiles(config, (file) => pathInside(root, file));
  const past = lineTooFar(inputs, config, folder, root);
  const files = {
    prelude: [input.prelude],
    baseline: [input.baseline],
    fixtures: input.fixtures ?? [],
  };
  const elsewhere = Object.entries(files).flatMap(([option, all]) =>
    all.flatMap((file) =>
      file === undefined || staysInside(root, file.path)
        ? []
        : [{ option: option as keyof typeof files, words: `${file.path} leads out of the repository.` }],
    ),
  );
  const wrong = [
    ...unreadable.map(({ option, words }) => ({ option, words: sentence(words) })),
    ...elsewhere,
    ...(past === undefined ? [] : [{ option: "startAfter" as const, words: `${past}.` }]),
  ];
  if (wrong.length > 0)
    return failed(
      await Promise.all(
        wrong.map(async ({ option, words }) => {
          const by = await saidBy(option);
          return by ? { words: `${words} It is ${by.words}.`, place: by.place } : { words };
        }),
      ),
    );
  const unseen = loaded.file === undefined && !existsSync(place) && !existsSync(join(root, ".git"));
  const notes = unseen ? [nothingThere] : [];
  const missing = existsSync(place) ? {} : { namedBy: await namedBy() };
  return { ok: true, config, folder, root, notes, ...missing, ...input };
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
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
