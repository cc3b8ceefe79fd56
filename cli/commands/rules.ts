import { createColors } from "picocolors";
import { everyRule } from "#core/every-rule.ts";
import { paintSeverity } from "#core/report/terminal/style.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Flags } from "../grammar/request.ts";
import { screenOf } from "../screen.ts";
import { print } from "../write-output.ts";

/** `switchback rules`: every rule in one line, or all that is known about them as JSON. */
export async function listRules(flags: Flags): Promise<ExitCode> {
  await print(process.stdout, flags.format === "json" ? asJson() : asLines());
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

function asLines(): string {
  const paint = createColors(screenOf(process.stdout, process.env).color);
  const width = Math.max(...everyRule.map(({ name }) => name.length));
  const lines = everyRule.map(({ name, severity, presets, summary }) => {
    // A rule belongs to the first preset that has it; the wider ones have it too.
    const preset = presets[0] ?? "all";
    const where = preset === "recommended" ? "" : paint.dim(` (${preset})`);
    return `${name.padEnd(width)}  ${paintSeverity(paint, severity)(severity.padEnd(7))}  ${summary}${where}`;
  });
  return `${lines.join("\n")}\n`;
}
