import type { Script } from "../migration/model.ts";
import { parseSql } from "../sql/parse.ts";
import type { ParsedSql } from "../sql/statement.ts";

/** Offsets are those of the file, also where the script is only a section of it. */
export function parseScript({ file, start, end }: Script): ParsedSql {
  if (start === 0 && end === file.text.length) return parseSql(file.text);
  // Blanks instead of the other sections keep every offset; line ends keep the lines.
  const blank = (text: string) => text.replace(/[^\r\n]/g, " ");
  const { text } = file;
  return parseSql(blank(text.slice(0, start)) + text.slice(start, end) + blank(text.slice(end)));
}
