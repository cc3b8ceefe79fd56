import { createColors } from "picocolors";
import type { Severity } from "../model.ts";
import { linesByFile, type SourceLines } from "../text/source-lines.ts";
import type { TerminalOptions } from "./options.ts";

export type Paint = ReturnType<typeof createColors>;

export interface Style extends Omit<TerminalOptions, "source"> {
  readonly paint: Paint;
  readonly linesOf: (file: string) => SourceLines | undefined;
}

export function styleOf({ source, ...options }: TerminalOptions): Style {
  return { ...options, paint: createColors(options.color), linesOf: linesByFile(source) };
}

export function paintSeverity(paint: Paint, severity: Severity): (text: string) => string {
  return { error: paint.red, warning: paint.yellow, info: paint.cyan }[severity];
}
