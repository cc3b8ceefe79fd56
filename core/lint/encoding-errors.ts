import type { EncodingProblem } from "../migration/decode.ts";
import type { Migration, SourceFile } from "../migration/model.ts";
import type { Report } from "./rule.ts";

export function encodingErrors(
  problems: readonly EncodingProblem[],
): (Report & { readonly file: SourceFile })[] {
  return problems.map(({ file, kind, byte, offset }) => ({
    file,
    start: offset,
    end: Math.min(offset + 1, file.text.length),
    ...words[kind](byte),
  }));
}

/** A mark that reaches PostgreSQL, which takes it for the beginning of a word. Some runners leave it out themselves. */
export function sentByteOrderMarks(
  migrations: readonly Migration[],
): (Report & { readonly file: SourceFile })[] {
  return migrations
    .flatMap(({ up, down }) => [up, down])
    .filter((script) => script !== undefined)
    .filter(({ file, start, execution }) => file.bom && start === 0 && execution.send === "whole")
    .map(({ file }) => ({
      file,
      start: 0,
      end: Math.min(1, file.text.length),
      message: "the file begins with a byte order mark, which the runner sends and PostgreSQL refuses",
      help: "save the file as UTF-8 without a byte order mark",
    }));
}

const words: Record<EncodingProblem["kind"], (byte: number) => { message: string; help: string }> = {
  "not-utf8": (byte) => ({
    message: `byte ${byte} is not valid UTF-8`,
    help: "save the file as UTF-8",
  }),
  utf16: () => ({
    message: "the file is UTF-16: PostgreSQL reads it as UTF-8 and fails",
    help: "save the file as UTF-8 without a byte order mark",
  }),
  nul: (byte) => ({
    message: `byte ${byte} is NUL: PostgreSQL accepts no NUL in a query`,
    help: "remove the NUL byte; if the file is binary, it is no migration",
  }),
};
