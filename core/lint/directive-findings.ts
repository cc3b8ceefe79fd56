import type { Directive } from "../migration/directives.ts";
import type { SourceFile } from "../migration/model.ts";
import { nearestWord } from "../sql/nearest-word.ts";
import type { Report, Rule } from "./rule.ts";
import type { FileSuppressions } from "./suppressions.ts";

type Ignore = Extract<Directive, { kind: "ignore" }>;
type FileReport = Report & { readonly file: SourceFile };

/** Directives that are not spelt right, or ignore a rule that does not exist. They have no effect. */
export function malformedDirectives(
  files: readonly FileSuppressions[],
  rules: readonly Rule[],
): FileReport[] {
  const names = new Set(rules.map(({ name }) => name));
  return files.flatMap(({ file, malformed, suppressions }) => [
    ...malformed.map(({ message, help, start, end }) => ({ file, message, help, start, end })),
    ...suppressions
      .filter(({ ignore }) => !names.has(ignore.rule))
      .map(({ ignore }) => unknownRule(file, ignore, [...names])),
  ]);
}

function unknownRule(file: SourceFile, { rule, start, end }: Ignore, names: readonly string[]): FileReport {
  const nearest = nearestWord(rule, names);
  return {
    file,
    start,
    end,
    message: `there is no rule ${rule}`,
    ...(nearest !== undefined && { help: `did you mean ${nearest}?` }),
  };
}

/** Ignore comments that silenced nothing, of rules that were on and had the chance to speak. */
export function unusedIgnores(
  unused: readonly { readonly file: SourceFile; readonly ignore: Ignore }[],
  active: readonly Rule[],
): FileReport[] {
  const speaking = new Set(
    active.filter(({ check }) => Object.keys(check).length > 0).map(({ name }) => name),
  );
  return unused
    .filter(({ ignore }) => speaking.has(ignore.rule))
    .map(({ file, ignore: { rule, start, end, scope } }) => ({
      file,
      start,
      end,
      message: `${rule} finds nothing ${scope === "file" ? "in this file" : "here"}: the comment is not needed`,
      fix: {
        title: "Remove the comment",
        edits: [{ kind: "replace", file: file.path, ...wholeLine(file.text, start, end), text: "" }],
      },
    }));
}

/** The comment with the blanks before it, and with its line end where it stands alone on its line. */
function wholeLine(text: string, start: number, end: number): { start: number; end: number } {
  let from = start;
  while (from > 0 && (text[from - 1] === " " || text[from - 1] === "\t")) from--;
  const alone = from === 0 || text[from - 1] === "\n" || text[from - 1] === "\r";
  if (!alone) return { start: from, end };
  const lineEnd = text.startsWith("\r\n", end) ? 2 : text[end] === "\n" || text[end] === "\r" ? 1 : 0;
  return { start: from, end: end + lineEnd };
}
