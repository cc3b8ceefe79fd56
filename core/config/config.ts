import type { Preset } from "../lint/rule.ts";
import type { RuleOverride } from "../lint/rule-overrides.ts";
import type { Severity } from "../report/model.ts";

/** A configuration after it was read, checked and filled with defaults: exact types, nothing optional but what may be absent. */
export interface Config {
  /** Migration folder, relative to the config file's folder (or the working folder). */
  readonly migrations: string;
  readonly layout: string;
  readonly engine: "auto" | "embedded" | "pglite" | "docker" | "server";
  /** Major version to prove on, and to judge for unless `target` says another. */
  readonly postgres: number;
  /** Major version that the rules judge for. */
  readonly target?: number;
  /** Nobody said `postgres` or `target`: what a server of the user's is decides then. */
  readonly versionUnsaid?: true;
  /** Docker image for engine `docker`. */
  readonly image?: string;
  /** SQL file that runs before the first migration (roles, an `auth` schema, extensions). */
  readonly prelude?: string;
  /** File whose text opens new migrations. */
  readonly header?: string;
  readonly roundTrip: "auto" | "off" | "required";
  /** Seconds that one script may run. */
  readonly timeout: number;
  /** Servers that prove side by side, at most; absent: as the machine can. */
  readonly jobs?: number;
  /** Trace the locks of each statement. */
  readonly locks: boolean;
  /** Run each script twice in a row as well. */
  readonly idempotent: boolean;
  /** Made-up rows in every table, in a round trip of their own. */
  readonly withData: boolean;
  /** Folder of `<version>.sql` files with a team's own rows. */
  readonly fixtures?: string;
  /** After all ups all downs, in reverse. */
  readonly walkDown: boolean;
  /** Schema dump that stands for the migrations before the first that is reported. */
  readonly baseline?: string;
  /** Keep the state before the first migration that is reported, for the next run. */
  readonly cache: boolean;
  readonly failOn: "error" | "warning" | "never";
  readonly preset: Preset;
  readonly rules: Readonly<Record<string, Severity | "off">>;
  /** Rules that are otherwise for some files. */
  readonly overrides: readonly RuleOverride[];
  /** Migrations up to and including this version are history: applied, not linted. */
  readonly startAfter?: string;
}
