import * as vscode from "vscode";
import { code } from "#core/report/markdown/escape.ts";
import type { Analysis } from "../analysis/analysis.ts";
import type { LintResult, StatementLocks } from "../analysis/methods.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import { documentSelector } from "./code-actions.ts";
import { lockSentence, lockSummary } from "./lock-words.ts";
import { plainMarkdown } from "./plain-markdown.ts";
import { toPosition, toRange } from "./ranges.ts";

/** Which tables a statement locks: on hover, and, where the settings ask for it, as a lens above it. */
export function registerLocks(folders: MigrationFolders, analysis: Analysis): vscode.Disposable {
  const known = new WeakMap<LintResult, Map<string, Promise<readonly StatementLocks[]>>>();

  const locksIn = async (document: vscode.TextDocument, line = 0): Promise<StatementLocks[]> => {
    const folder = folders.of(document.uri);
    const result = await folder?.session.settled();
    const found = folder?.migrationOf(document.uri, line);
    if (!folder || !result || !found) return [];
    const { version } = found.migration;
    const byVersion = known.get(result) ?? new Map<string, Promise<readonly StatementLocks[]>>();
    known.set(result, byVersion);
    const asked = byVersion.get(version) ?? analysis.locks({ id: folder.session.id, version });
    byVersion.set(version, asked);
    const path = folder.pathOf(document.uri);
    return (await asked).filter(({ file }) => file === path);
  };

  const hover = vscode.languages.registerHoverProvider(documentSelector, {
    async provideHover(document, position) {
      const statement = (await locksIn(document)).find(({ range }) => toRange(range).contains(position));
      if (!statement) return undefined;
      const lines = statement.locks.map(
        (lock) =>
          new vscode.MarkdownString(
            `**${lock.mode}** on ${code(lock.object)}: ${plainMarkdown(lockSentence(lock))}`,
          ),
      );
      return new vscode.Hover(lines, toRange(statement.range));
    },
  });

  const changed = new vscode.EventEmitter<void>();
  const lens = vscode.languages.registerCodeLensProvider(documentSelector, {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      if (!vscode.workspace.getConfiguration("switchback", document).get("codeLens.locks")) return [];
      return (await locksIn(document)).map(({ range, locks }) => {
        const at = toPosition(range.start);
        const tooltip = locks.map((lock) => `${lock.object}: ${lockSentence(lock)}`).join("\n");
        // A lens without a command is a text.
        const command = { title: `$(lock) ${lockSummary(locks)}`, command: "", tooltip };
        return new vscode.CodeLens(new vscode.Range(at, at), command);
      });
    },
  });
  return vscode.Disposable.from(
    hover,
    lens,
    changed,
    folders.onDidLint(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("switchback.codeLens")) changed.fire();
    }),
  );
}
