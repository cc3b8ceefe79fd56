import type { Rule } from "./lint/rule.ts";
import { rules } from "./lint/rules/index.ts";
import { proofRules } from "./proof-rules.ts";

/** Rules whose severity the configuration may set. What PostgreSQL has proved cannot be switched off. */
export const configurableRules = rules;

/** Rules of the files, of the history and of the round trip, by name. */
export const everyRule: readonly Rule[] = [...rules, ...Object.values(proofRules)].toSorted((a, b) =>
  a.name < b.name ? -1 : 1,
);
