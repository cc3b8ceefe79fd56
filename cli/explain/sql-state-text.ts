import { createColors } from "picocolors";
import { proseLines } from "#core/report/terminal/prose.ts";
import { exampleScript } from "#core/sqlstate/example-script.ts";
import type { SqlState } from "#core/sqlstate/sqlstates.ts";
import type { Screen } from "../screen.ts";
import { indented } from "./indented.ts";

/** What an SQLSTATE means for a migration, in the terminal. */
export function sqlStateText(state: SqlState, { color, width }: Screen): string {
  const paint = createColors(color);
  const prose = (text: string) => proseLines(text, width).join("\n");
  const sections = [
    `${paint.bold(state.code)} ${paint.dim(state.name)}`,
    prose(state.says),
    `${paint.bold("Why")}\n${prose(state.why)}`,
    `${paint.bold("Instead")}\n${prose(state.remedy)}`,
    `${paint.bold("Met by")}\n${indented(exampleScript(state.example))}`,
    ...(state.rules.length > 0 ? [`${paint.bold("Seen coming by")}\n  ${state.rules.join(", ")}`] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}
