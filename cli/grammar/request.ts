import type { AuthorCommand, CheckCommand } from "#core/config/options.ts";

/** What a command was asked to do; `run` decides what that means. */
export type Request =
  | { readonly command: CheckCommand; readonly paths: readonly string[]; readonly flags: Flags }
  | { readonly command: "fix"; readonly paths: readonly string[]; readonly flags: Flags }
  | { readonly command: AuthorCommand; readonly words: readonly string[]; readonly flags: Flags }
  | { readonly command: "init"; readonly path: string | undefined; readonly dryRun: boolean }
  | { readonly command: "rules"; readonly flags: Flags }
  | { readonly command: "merge"; readonly files: readonly string[]; readonly flags: Flags }
  | { readonly command: "explain"; readonly name: string; readonly flags: Flags };

/** Values of flags under the names of their options; absent where not given. */
export type Flags = Readonly<Record<string, unknown>>;
