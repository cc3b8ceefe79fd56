import type { Change, Finding } from "../model.ts";
import { changedLines } from "../text/changed-lines.ts";
import { code, codeBlock, cut, prose } from "./escape.ts";
import type { MarkdownOptions } from "./options.ts";

/** More differences than these are a list, which the report itself has. */
const most = 3;

const marks = { error: "✗", warning: "⚠", info: "ℹ" } as const;
const longest = { message: 600, paragraph: 1500, line: 300, help: 40 };

/** One finding: what and where on the first line, then proof, why, and what to write instead. */
export function findingItem(finding: Finding, options: MarkdownOptions): string {
  const { severity, rule, message, label, proof, why, help } = finding;
  const known = options.pulls;
  const suggested = options.suggested?.has(finding) ? " · fix suggested at the line" : "";
  // Where nothing says what to write instead, the words at the line are the only hint: "did you mean PRIMARY?"
  const hint = label && !help && !suggested ? ` · ${prose(cut(label, longest.message), known)}` : "";
  const parts = [
    `${marks[severity]} **${prose(cut(message, longest.message), known)}**  \n${place(finding, options)} · ${code(rule)}${suggested}${hint}`,
  ];
  const changes = finding.changes ?? [];
  for (const change of changes.slice(0, most)) parts.push(diffBlock(change, changes.length > 1));
  if (changes.length > most) parts.push(`… and ${changes.length - most} more`);
  // What PostgreSQL added to its message stands on lines of its own.
  if (proof) parts.push(proseLines(cut(proof, longest.paragraph), known));
  if (why) parts.push(prose(cut(why, longest.paragraph), known));
  // The suggestion at the line is the same SQL.
  if (help && !suggested) parts.push(helpText(help, known));
  return parts.join("\n\n");
}

function place({ file, range }: Finding, { link }: MarkdownOptions): string {
  const whole = range.start.line === range.end.line && range.start.column === range.end.column;
  const words = code(cut(whole ? file : `${file}:${range.start.line}`, longest.line));
  return link ? `[${words}](${link(file, range.start.line)})` : words;
}

/** A difference as a diff; under its plain words where it is not the only one, and the message does not say them. */
function diffBlock(change: Change, several: boolean): string {
  const lines = changedLines(change).map(({ sign, text }) => cut(`${sign} ${text}`, longest.line));
  const words = prose(cut(change.words, longest.message));
  if (lines.length === 0) return words;
  return several ? `${words}\n\n${codeBlock(lines, "diff")}` : codeBlock(lines, "diff");
}

function proseLines(text: string, known: ReadonlySet<number> | undefined): string {
  return text
    .split(/\r?\n/)
    .map((line) => prose(line, known))
    .join("  \n");
}

/** Lines indented by two spaces are SQL or commands; the rest is prose. */
function helpText(help: string, known: ReadonlySet<number> | undefined): string {
  const blocks: { readonly kind: "prose" | "code"; readonly lines: string[] }[] = [];
  for (const line of help.split(/\r?\n/).slice(0, longest.help)) {
    const kind = line.startsWith("  ") ? "code" : "prose";
    const last = blocks.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else blocks.push({ kind, lines: [line] });
  }
  const [first] = blocks;
  const texts = blocks.map(({ kind, lines }) => {
    const short = lines.map((line) => cut(line, longest.line));
    if (kind === "prose") return short.map((line) => prose(line, known)).join("  \n");
    const language = /^ {2}(git|npm|switchback) /.test(lines[0] ?? "") ? "sh" : "sql";
    return codeBlock(
      short.map((line) => line.slice(2)),
      language,
    );
  });
  return `**Help:**${first?.kind === "prose" ? " " : "\n\n"}${texts.join("\n\n")}`;
}
