import { createColors } from "picocolors";
import type { Example, Rule } from "#core/lint/rule.ts";
import { proseLines } from "#core/report/terminal/prose.ts";
import type { Screen } from "../screen.ts";
import { indented } from "./indented.ts";

/** The page of a rule, in the terminal. */
export function ruleText(rule: Rule, { color, width }: Screen): string {
  const paint = createColors(color);
  const prose = (text: string) => proseLines(text, width).join("\n");
  const sections = [
    `${paint.bold(rule.name)} ${paint.dim(`${rule.severity}, preset ${rule.presets[0] ?? "all"}, since ${rule.since}`)}`,
    prose(rule.summary),
    `${paint.bold("Why")}\n${prose(rule.why)}`,
    `${paint.bold("Instead")}\n${prose(unfenced(rule.instead))}`,
    ...(rule.facts ? [`${paint.bold("Facts")}\n${prose(rule.facts)}`] : []),
    ...rule.examples.bad.slice(0, 1).map((example) => `${paint.bold("Found in")}\n${sql(example)}`),
    ...rule.examples.good.slice(0, 1).map((example) => `${paint.bold("Silent on")}\n${sql(example)}`),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** In a terminal the SQL is set off by its indent. */
function unfenced(markdown: string): string {
  return markdown.replaceAll(/^```sql\n([\s\S]*?)^```$/gm, (_, block: string) => indented(block));
}

function sql({ before, up, down }: Example): string {
  const parts = [
    ...(before ? ["-- before", before] : []),
    ...(before || down ? ["-- up"] : []),
    up,
    ...(down ? ["-- down", down] : []),
  ];
  return indented(parts.map((part) => part.trim()).join("\n"));
}
