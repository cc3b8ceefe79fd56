import picomatch from "picomatch";
import type { Severity } from "../report/model.ts";

/** What rules are for some files only. */
export interface RuleOverride {
  /** Globs of files, relative to the migration folder. */
  readonly paths: readonly string[];
  readonly rules: Readonly<Record<string, Severity | "off">>;
}

/** What the overrides make of a rule in one file: undefined where none of them speaks of it. */
export type OverrideOf = (rule: string, path: string) => Severity | "off" | undefined;

/** The last override that names both the file and the rule wins. `folder` is what the paths of files begin with. */
export function ruleOverrides(overrides: readonly RuleOverride[], folder: string): OverrideOf {
  const prefix = folder === "" || folder === "." ? "" : `${folder.replace(/\/+$/, "")}/`;
  const compiled = overrides.map(({ paths, rules }) => ({
    names: picomatch([...paths], { dot: true }),
    rules,
  }));
  return (rule, path) => {
    const name = path.startsWith(prefix) ? path.slice(prefix.length) : path;
    return compiled.findLast(({ names, rules }) => rule in rules && names(name))?.rules[rule];
  };
}
