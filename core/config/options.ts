import { layouts } from "../migration/layout/layouts.ts";
import type { Config } from "./config.ts";

/** What values an option takes. */
export type OptionType =
  | { readonly kind: "text"; readonly placeholder: string }
  /** Relative to the configuration file, or to the working folder where a flag says it. */
  | { readonly kind: "path"; readonly placeholder: string }
  | { readonly kind: "choice"; readonly values: readonly (string | number)[] }
  | { readonly kind: "number"; readonly placeholder: string; readonly min: number; readonly max: number }
  /** On or off; as a flag it takes no value. */
  | { readonly kind: "switch" }
  | { readonly kind: "list"; readonly placeholder: string }
  | { readonly kind: "rules" }
  | { readonly kind: "overrides" };

/** The commands of the command line that run a check. */
export type CheckCommand = "check" | "lint" | "roundtrip";
/** Those that write migrations. */
export type AuthorCommand = "new" | "down" | "renumber" | "rename" | "convert";

/** One option of Switchback, wherever it can be given. */
export interface Option {
  /** Key in `switchback.jsonc`, and the name in code. */
  readonly name: string;
  readonly type: OptionType;
  /** Built-in value; absent where the option is simply not set. */
  readonly default?: unknown;
  /** One sentence without a final full stop; Markdown is not used. */
  readonly description: string;
  /** The option by which the rules judge for a version that is too old for this one. */
  readonly older?: string;
  /** May stand in `switchback.jsonc`. */
  readonly file: boolean;
  /** `--fail-on` on these commands. */
  readonly flag?: { readonly name: string; readonly commands: readonly (CheckCommand | AuthorCommand)[] };
  /** Input of the GitHub Action. */
  readonly input?: string;
  /** Setting of the editor; made for a switch. Unset, the configuration decides. */
  readonly setting?: string;
}

const everywhere: readonly CheckCommand[] = ["check", "lint", "roundtrip"];
const authoring: readonly AuthorCommand[] = ["new", "down", "renumber", "rename", "convert"];
const linting: readonly CheckCommand[] = ["check", "lint"];
const trying: readonly CheckCommand[] = ["check", "roundtrip"];
const proving: readonly (CheckCommand | AuthorCommand)[] = ["check", "roundtrip", "down"];

/**
 * Every option, once. The JSON Schema, the flags of the command line, the inputs of the Action and the settings of the
 * editor are made from this table.
 */
const options = [
  {
    name: "migrations",
    type: { kind: "path", placeholder: "folder" },
    default: "migrations",
    description: "Migration folder, relative to the configuration file",
    file: true,
    input: "path",
  },
  {
    name: "layout",
    type: { kind: "choice", values: ["auto", ...Object.keys(layouts)] },
    default: "auto",
    description: "How the folder spells versions and directions; auto looks at its files and its runner's",
    file: true,
    flag: { name: "--layout", commands: [...everywhere, ...authoring] },
    input: "layout",
  },
  {
    name: "engine",
    type: { kind: "choice", values: ["auto", "embedded", "pglite", "docker", "server"] },
    default: "auto",
    description: "What runs the round trip; auto takes installed binaries of the wanted version, else PGlite",
    file: true,
    flag: { name: "--engine", commands: proving },
    input: "engine",
  },
  {
    name: "postgres",
    type: { kind: "choice", values: [15, 16, 17, 18] },
    default: 18,
    description:
      "PostgreSQL major version to prove on; the rules judge for it too, unless target says another. Where neither is said, a server or an image of yours decides",
    older: "target",
    file: true,
    flag: { name: "--postgres", commands: [...everywhere, "new", "down"] },
    input: "postgres-version",
  },
  {
    name: "target",
    type: { kind: "choice", values: [9.6, 10, 11, 12, 13, 14, 15, 16, 17, 18] },
    description: "PostgreSQL major version in production, for the rules; the proof runs on postgres",
    file: true,
    flag: { name: "--target", commands: linting },
    input: "target",
  },
  {
    name: "image",
    type: { kind: "text", placeholder: "image" },
    description: "Docker image for the engine docker, such as postgis/postgis:17-3.5",
    file: true,
    flag: { name: "--image", commands: proving },
    input: "image",
  },
  {
    name: "url",
    type: { kind: "text", placeholder: "url" },
    description: "Server for the engine server; Switchback works in scratch databases of its own there",
    file: false,
    flag: { name: "--url", commands: proving },
    input: "server-url",
  },
  {
    name: "prelude",
    type: { kind: "path", placeholder: "file" },
    description: "SQL file that runs before the first migration: roles, an auth schema, extensions",
    file: true,
    flag: { name: "--prelude", commands: proving },
    input: "prelude",
  },
  {
    name: "header",
    type: { kind: "path", placeholder: "file" },
    description:
      "File whose text opens each new up and down; {title}, {version}, {direction} and {date} are filled in",
    file: true,
    flag: { name: "--header", commands: ["new"] },
  },
  {
    name: "roundTrip",
    type: { kind: "choice", values: ["auto", "off", "required"] },
    default: "auto",
    description: "Whether check proves what it linted; required fails where no engine could be started",
    file: true,
    flag: { name: "--round-trip", commands: ["check"] },
    input: "round-trip",
  },
  {
    name: "timeout",
    type: { kind: "number", placeholder: "seconds", min: 1, max: 86_400 },
    default: 60,
    description: "Seconds that one script may run",
    file: true,
    flag: { name: "--timeout", commands: proving },
    input: "timeout",
  },
  {
    name: "jobs",
    type: { kind: "number", placeholder: "n", min: 1, max: 64 },
    description:
      "Servers of the engine embedded that prove a large folder side by side, at most; otherwise one for each processor, up to 4",
    file: true,
    flag: { name: "--jobs", commands: trying },
    input: "jobs",
  },
  {
    name: "locks",
    type: { kind: "switch" },
    default: false,
    description:
      "Trace which locks each statement takes on tables that existed before, and what it rewrites and scans",
    file: true,
    flag: { name: "--locks", commands: trying },
    input: "locks",
    setting: "switchback.roundTrip.locks",
  },
  {
    name: "idempotent",
    type: { kind: "switch" },
    default: false,
    description:
      "Also run each up and each down twice, and name the statements that are not safe to run again",
    file: true,
    flag: { name: "--idempotent", commands: trying },
    input: "idempotent",
    setting: "switchback.roundTrip.idempotent",
  },
  {
    name: "walkDown",
    type: { kind: "switch" },
    default: false,
    description: "After all ups go all the way down again, and name what is left",
    file: true,
    flag: { name: "--walk-down", commands: trying },
    input: "walk-down",
  },
  {
    name: "withData",
    type: { kind: "switch" },
    default: false,
    description:
      "Also go up, down and up again with a few made-up rows in every table, and name what fails and what is lost",
    file: true,
    flag: { name: "--with-data", commands: trying },
    input: "with-data",
    setting: "switchback.roundTrip.withData",
  },
  {
    name: "fixtures",
    type: { kind: "path", placeholder: "folder" },
    description: "Folder of your own rows: <version>.sql runs after the up of that version",
    file: true,
    flag: { name: "--fixtures", commands: trying },
    input: "fixtures",
  },
  {
    name: "baseline",
    type: { kind: "path", placeholder: "file" },
    description:
      "Schema dump of pg_dump to start from, instead of the migrations before the first that is reported",
    file: true,
    flag: { name: "--baseline", commands: trying },
    input: "baseline",
  },
  {
    name: "cache",
    type: { kind: "switch" },
    default: true,
    description: "Start from the state that an earlier run with the same migrations kept",
    file: true,
    flag: { name: "--no-cache", commands: trying },
  },
  {
    name: "failOn",
    type: { kind: "choice", values: ["error", "warning", "never"] },
    default: "error",
    description: "Weakest severity that makes the run fail; never also forgives failed round trips",
    file: true,
    flag: { name: "--fail-on", commands: everywhere },
    input: "fail-on",
  },
  {
    name: "preset",
    type: { kind: "choice", values: ["recommended", "strict", "all"] },
    default: "recommended",
    description: "Which rules are on",
    file: true,
    flag: { name: "--preset", commands: linting },
    input: "preset",
  },
  {
    name: "rules",
    type: { kind: "rules" },
    default: {},
    description: "Severity of single rules, or off",
    file: true,
  },
  {
    name: "overrides",
    type: { kind: "overrides" },
    default: [],
    description: "Severity of single rules, or off, in some files only; the last one that names both wins",
    file: true,
  },
  {
    name: "startAfter",
    type: { kind: "text", placeholder: "version" },
    description: "Migrations up to and including this version are history: applied, not linted",
    file: true,
    flag: { name: "--start-after", commands: everywhere },
    input: "start-after",
  },
  {
    name: "only",
    type: { kind: "list", placeholder: "version" },
    description: "Report only these versions; the ones before them are applied as they are",
    file: false,
    flag: { name: "--only", commands: trying },
  },
  {
    name: "last",
    type: { kind: "number", placeholder: "n", min: 1, max: 1_000_000 },
    description: "Report only the last n versions; the ones before them are applied as they are",
    file: false,
    flag: { name: "--last", commands: trying },
  },
  {
    name: "shard",
    type: { kind: "text", placeholder: "i/n" },
    description: "Report only part i of n; switchback merge puts the JSON reports together",
    file: false,
    flag: { name: "--shard", commands: trying },
  },
  {
    name: "base",
    type: { kind: "text", placeholder: "ref" },
    description:
      "Git ref to compare with: only what changed since is reported, and the order is checked against it",
    file: false,
    flag: { name: "--base", commands: everywhere },
  },
  {
    name: "config",
    type: { kind: "path", placeholder: "file" },
    description: "Configuration file, instead of the nearest switchback.jsonc",
    file: false,
    flag: { name: "--config", commands: [...everywhere, ...authoring] },
  },
] as const satisfies readonly Option[];

/** Every key of `Config` has its row: a missing one does not compile. */
type MissingRow = Exclude<keyof Config, (typeof options)[number]["name"] | "versionUnsaid">;
const complete: [MissingRow] extends [never] ? true : MissingRow = true;
void complete;

/** The same table, without the literal types. */
export const optionTable: readonly Option[] = options;
