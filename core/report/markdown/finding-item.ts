import type { Finding } from "../model.ts";
import { changedLines } from "../text/changed-lines.ts";
import { code, codeBlock, cut, prose } from "./escape.ts";
import type { MarkdownOptions } from "./options.ts";

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
  for (const change of (finding.changes ?? []).slice(0, 3)) parts.push(diffBlock(change));
  if (proof) parts.push(prose(cut(proof, longest.paragraph), known));
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

/** Differences as a diff, each under its plain words. */
function diffBlock(change: Parameters<typeof changedLines>[0]): string {
  const lines = changedLines(change).map(({ sign, text }) => cut(`${sign} ${text}`, longest.line));
  return lines.length > 0 ? codeBlock(lines, "diff") : prose(change.words);
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
