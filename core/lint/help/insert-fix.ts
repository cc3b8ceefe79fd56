import type { Report, StatementContext } from "../rule.ts";

/** A fix that writes `text` after the place `at` in the script's file. */
export function insertFix(
  { script }: StatementContext,
  title: string,
  at: number,
  text: string,
): NonNullable<Report["fix"]> {
  return { title, edits: [{ kind: "replace", file: script.file.path, start: at, end: at, text }] };
}
