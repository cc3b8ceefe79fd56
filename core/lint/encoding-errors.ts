import type { EncodingProblem } from "../migration/decode.ts";
import type { SourceFile } from "../migration/model.ts";
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
