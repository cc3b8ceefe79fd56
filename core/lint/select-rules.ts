import type { Severity } from "../report/model.ts";
import type { Preset, Rule } from "./rule.ts";

/** A rule that is switched on, with the severity that it reports at. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
}

/** The preset's rules, then what the config says about single ones: a severity switches a rule on, `off` switches it off. */
export function selectRules(
  rules: readonly Rule[],
  preset: Preset,
  overrides: Readonly<Record<string, Severity | "off">>,
): ActiveRule[] {
  return rules.flatMap((rule) => {
    const override = overrides[rule.name];
    if (override === "off") return [];
    if (override) return [{ rule, severity: override }];
    const included = preset === "all" || rule.presets.includes(preset);
    return included ? [{ rule, severity: rule.severity }] : [];
  });
}
