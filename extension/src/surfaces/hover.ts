import * as vscode from "vscode";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import { documentSelector } from "./code-actions.ts";
import { rulePageLink } from "./diagnostics.ts";
import { findingsAt } from "./findings-at.ts";
import { plainMarkdown } from "./plain-markdown.ts";
import { toRange } from "./ranges.ts";

/** What the message does not say: why it matters in production, and what to write instead. */
export function registerHover(folders: MigrationFolders): vscode.Disposable {
  return vscode.languages.registerHoverProvider(documentSelector, {
    async provideHover(document, position) {
      const found = await findingsAt(folders, document, new vscode.Range(position, position));
      const [first] = found?.findings ?? [];
      if (!found || !first) return undefined;
      const contents = found.findings.map(({ rule, why, help, label }) => {
        const text = new vscode.MarkdownString();
        text.isTrusted = { enabledCommands: ["switchback.explainRule"] };
        text.appendMarkdown(`**[${rule}](${rulePageLink(rule)})**`);
        if (label) text.appendMarkdown(`: ${plainMarkdown(label)}`);
        if (why) text.appendMarkdown(`\n\n${plainMarkdown(why)}`);
        if (help) appendHelp(text, help);
        return text;
      });
      return new vscode.Hover(contents, toRange(first.range));
    },
  });
}

/** In a help text, lines indented by two spaces are SQL. */
function appendHelp(text: vscode.MarkdownString, help: string): void {
  const sql: string[] = [];
  let mark = "**help**: ";
  const flush = () => {
    if (sql.length > 0) text.appendCodeblock(sql.splice(0).join("\n"), "sql");
  };
  for (const line of help.split("\n")) {
    if (line.startsWith("  ")) {
      sql.push(line.slice(2));
      continue;
    }
    flush();
    text.appendMarkdown(`\n\n${mark}${plainMarkdown(line)}`);
    mark = "";
  }
  flush();
}
