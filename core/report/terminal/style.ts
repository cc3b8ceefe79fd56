import { createColors } from "picocolors";
import type { Severity } from "../model.ts";
import type { TerminalOptions } from "./options.ts";

export type Paint = ReturnType<typeof createColors>;

export interface Style extends TerminalOptions {
  readonly paint: Paint;
}

export function styleOf(options: TerminalOptions): Style {
  return { ...options, paint: createColors(options.color) };
}

export function paintSeverity(paint: Paint, severity: Severity): (text: string) => string {
  return { error: paint.red, warning: paint.yellow, info: paint.cyan }[severity];
}
