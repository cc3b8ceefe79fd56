import { everyRule } from "#core/every-rule.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { ruleList } from "../explain/rule-list.ts";
import type { Flags } from "../grammar/request.ts";
import { screenOf } from "../screen.ts";
import { print } from "../write-output.ts";

/** `switchback rules`: every rule in one line, or all that is known about them as JSON. */
export async function listRules(flags: Flags): Promise<ExitCode> {
  const lines = () => ruleList(everyRule, screenOf(process.stdout, process.env));
  await print(process.stdout, flags.format === "json" ? asJson() : lines());
  return exitCodes.clean;
}

function asJson(): string {
  const rules = everyRule.map(({ name, severity, presets, since, summary, why, instead, alsoKnownAs }) => ({
    name,
    severity,
    presets,
    since,
    summary,
    why,
    instead,
    ...(alsoKnownAs ? { alsoKnownAs } : {}),
  }));
  return `${JSON.stringify(rules, null, 2)}\n`;
}
