import { dequal } from "dequal";
import * as vscode from "vscode";
import type { Finding } from "#core/report/model.ts";
import type { MigrationFolder } from "../folders/migration-folder.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import { groupBy } from "../group-by.ts";
import { toRange, toSeverity } from "./ranges.ts";
import { Typing } from "./typing.ts";
import { whileTyping } from "./while-typing.ts";

export const source = "Switchback";

/** Findings and configuration problems in the Problems view and under the text. */
export function showDiagnostics(folders: MigrationFolders): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("switchback");
  /** What is shown, by folder, then by file. Most edits change the findings of one file. */
  const shown = new Map<string, Map<string, readonly Finding[]>>();
  /** Edited since its findings were shown: the editor moved them along, as well as it could. */
  const touched = new Set<string>();
  const typing = new Typing(folders);

  const publish = (folder: MigrationFolder) => {
    // A folder that was taken away may still have been written in.
    if (!folders.all.includes(folder)) return;
    const key = folder.uri.toString();
    const before = shown.get(key);
    const found = folder.session.result?.findings ?? [];
    const showing = typing.isIn(folder) ? whileTyping([...(before?.values() ?? [])].flat(), found) : found;
    if (!showing) return;
    const now = new Map<string, readonly Finding[]>();
    const changed: [vscode.Uri, vscode.Diagnostic[] | undefined][] = [];
    for (const [file, findings] of groupBy(showing, (it) => it.file)) {
      const uri = folder.uriOf(file);
      now.set(uri.toString(), findings);
      if (touched.delete(uri.toString()) || !dequal(before?.get(uri.toString()), findings))
        changed.push([uri, findings.map((finding) => diagnosticOf(finding, folder))]);
    }
    for (const uri of before?.keys() ?? [])
      if (!now.has(uri)) changed.push([vscode.Uri.parse(uri), undefined]);
    if (changed.length > 0) collection.set(changed);
    shown.set(key, now);
  };

  const forget = () => {
    const known = new Set(folders.all.map((folder) => folder.uri.toString()));
    for (const [key, files] of shown) {
      if (known.has(key)) continue;
      for (const uri of files.keys()) collection.delete(vscode.Uri.parse(uri));
      shown.delete(key);
    }
  };

  return vscode.Disposable.from(
    collection,
    typing,
    folders.onDidLint(publish),
    typing.onDidPause((folder) => {
      // What is checked by now is shown when that is done.
      if (!folder.session.pending) publish(folder);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (folders.of(document.uri)) touched.add(document.uri.toString());
    }),
    folders.onDidChange(forget),
    folders.onDidReadConfig(({ uri, reading }) => {
      const problems = reading?.problems ?? [];
      collection.set(
        uri,
        problems.map(({ message, range }) => {
          const diagnostic = new vscode.Diagnostic(toRange(range), message, vscode.DiagnosticSeverity.Error);
          diagnostic.source = source;
          return diagnostic;
        }),
      );
    }),
  );
}

function diagnosticOf(finding: Finding, folder: MigrationFolder): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    toRange(finding.range),
    finding.message,
    toSeverity(finding.severity),
  );
  diagnostic.source = source;
  diagnostic.code = { value: finding.rule, target: rulePageLink(finding.rule) };
  // A comment that does nothing is drawn as code that does nothing is.
  if (finding.rule === "unused-ignore") diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  diagnostic.relatedInformation = (finding.related ?? []).map(
    ({ message, location }) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(folder.uriOf(location.file), toRange(location.range)),
        message,
      ),
  );
  return diagnostic;
}

/** Opens the rule's page inside the editor: it works offline, and always for the version that is installed. */
export function rulePageLink(rule: string): vscode.Uri {
  return vscode.Uri.parse(`command:switchback.explainRule?${encodeURIComponent(JSON.stringify([rule]))}`);
}
