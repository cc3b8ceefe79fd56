import { posix } from "node:path";
import { configFileName } from "#core/config/find-config.ts";
import { code } from "#core/report/markdown/escape.ts";
import type { Report } from "#core/report/model.ts";
import type { Inputs } from "../inputs.ts";

/** What tells two jobs of one pull request apart: the folder, and what a matrix gives to each. */
export function commentId(folder: string, { config, configFile }: Inputs): string {
  const file = configFile === undefined ? [] : [`with ${posix.normalize(configFile)}`];
  return [folder, ...manner(config.postgres, config.image, config.target), ...file].join(" ");
}

/** Without one of these nobody knows which of a matrix' comments is the job's. */
export function tellsJobs(options: readonly string[]): boolean {
  return options.some((option) => ["migrations", "postgres", "image", "target"].includes(option));
}

function manner(
  postgres: number | string | undefined,
  image: string | undefined,
  target: number | string | undefined,
): string[] {
  return [
    ...(postgres === undefined ? [] : [`on PostgreSQL ${postgres}`]),
    ...(image === undefined ? [] : [`on ${image}`]),
    ...(target === undefined ? [] : [`for PostgreSQL ${target}`]),
  ];
}

/** The same for people; what nearly every repository has goes without saying. */
export function whichJob(folder: string, { config, configFile }: Inputs, engine: Report["engine"]): string {
  // Another engine may have been asked for beside it.
  const isImage = config.image !== undefined && (engine?.name ?? "docker") === "docker";
  const image = isImage ? code(config.image) : undefined;
  return [
    ...(folder === "migrations" || folder === "." ? [] : [`in ${code(folder)}`]),
    ...manner(provedOn(engine, config.postgres), image, config.target),
    // Under its usual name it is one for all, which only stands elsewhere.
    ...(configFile === undefined || posix.basename(configFile) === configFileName
      ? []
      : [`with ${code(configFile)}`]),
  ].join(" ");
}

/** Where the wanted version was not to be had, the headline must not say that it was. */
function provedOn(engine: Report["engine"], wanted: number | undefined): string | undefined {
  if (wanted === undefined) return undefined;
  const isOther = engine && Number.parseInt(engine.postgres, 10) !== wanted;
  return isOther ? `${engine.postgres} instead of ${wanted}` : String(wanted);
}
