import type { Severity } from "../report/model.ts";
import type { Draft } from "./draft.ts";
import type { Preset, Rule } from "./rule.ts";
import { type OverrideOf, type RuleOverride, ruleOverrides } from "./rule-overrides.ts";
import { type ActiveRule, selectRules } from "./select-rules.ts";

interface Chosen {
  readonly preset: Preset;
  readonly rules: Readonly<Record<string, Severity | "off">>;
  readonly overrides?: readonly RuleOverride[];
}

/** Which rules are on, by the preset, by what is said of single ones, and by what is said of them for some files. */
export class FileRules {
  /** On in one file at least: these have to be asked. */
  readonly active: readonly ActiveRule[];
  readonly #everywhere: ReadonlySet<string>;
  readonly #overrideOf: OverrideOf | undefined;

  constructor(all: readonly Rule[], { preset, rules, overrides = [] }: Chosen, folder: string) {
    const everywhere = selectRules(all, preset, rules);
    this.#everywhere = new Set(everywhere.map(({ rule }) => rule.name));
    this.#overrideOf = overrides.length > 0 ? ruleOverrides(overrides, folder) : undefined;
    const somewhere = all.filter(
      ({ name }) =>
        !this.#everywhere.has(name) && overrides.some((it) => (it.rules[name] ?? "off") !== "off"),
    );
    this.active = [...everywhere, ...somewhere.map((rule) => ({ rule, severity: rule.severity }))];
  }

  /** Leaves out what is off in its file, and gives the rest the severity that it has there. */
  asConfigured(drafts: readonly Draft[]): readonly Draft[] {
    const overrideOf = this.#overrideOf;
    if (!overrideOf) return drafts;
    return drafts.flatMap((draft) => {
      const { rule } = draft.finding;
      const severity = overrideOf(rule, draft.file.path);
      if (severity === "off" || (!severity && !this.#everywhere.has(rule))) return [];
      return [severity ? { ...draft, finding: { ...draft.finding, severity } } : draft];
    });
  }
}
