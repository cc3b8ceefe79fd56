import { createColors } from "picocolors";
import type { Rule } from "#core/lint/rule.ts";
import { proseLines } from "#core/report/terminal/prose.ts";
import { paintSeverity } from "#core/report/terminal/style.ts";
import type { Screen } from "../screen.ts";

/** A summary is not broken into fewer cells than these. */
const narrowest = 30;

type Listed = Pick<Rule, "name" | "severity" | "presets" | "summary">;

/** Every rule in one line; in a terminal a summary goes on below itself, not below the name. */
export function ruleList(rules: readonly Listed[], { color, width, live }: Screen): string {
  const paint = createColors(color);
  const longest = Math.max(...rules.map(({ name }) => name.length));
  const severities = 7;
  const indent = longest + 2 + severities + 2;
  const broken = (text: string) =>
    live ? proseLines(text, Math.max(narrowest, width - indent)).join(`\n${" ".repeat(indent)}`) : text;
  const lines = rules.map(({ name, severity, presets, summary }) => {
    // A rule belongs to the first preset that has it; the wider ones have it too.
    const preset = presets[0] ?? "all";
    const where = preset === "recommended" ? "" : ` (${preset})`;
    const text = broken(summary + where);
    const said = where === "" ? text : text.slice(0, -where.trim().length) + paint.dim(where.trim());
    return `${name.padEnd(longest)}  ${paintSeverity(paint, severity)(severity.padEnd(severities))}  ${said}`;
  });
  return `${lines.join("\n")}\n`;
}
