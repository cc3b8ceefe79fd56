import * as vscode from "vscode";
import { nextVersion } from "#core/author/new/next-version.ts";
import { layouts } from "#core/migration/layout/layouts.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import type { RoundTrips } from "../proof/round-trips.ts";
import { documentSelector } from "./code-actions.ts";

const engineNames = {
  pglite: "PGlite",
  embedded: "installed binaries",
  docker: "Docker",
  server: "your server",
} as const;

/** Beside the language in the status bar: what applies to the folder of the file that is open. */
export function registerLanguageStatus(folders: MigrationFolders, roundTrips: RoundTrips): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("switchback.folder", documentSelector);
  item.name = "Switchback";

  const update = () => {
    const document = vscode.window.activeTextEditor?.document;
    const folder = document && folders.of(document.uri);
    if (!folder) {
      // An item without a matching document is not shown.
      item.selector = [];
      return;
    }
    item.selector = documentSelector;
    const { config, result } = folder.session;
    const versions = (result?.migrations ?? []).map((migration) => migration.version);
    const next = nextVersion(versions, new Date(), layouts[result?.layout ?? ""]?.firstVersion);
    const count = `${versions.length} migration${versions.length === 1 ? "" : "s"}`;
    item.text = `PostgreSQL ${config.postgres}, ${count}${next === undefined ? "" : `, next ${next}`}`;
    item.detail =
      result?.pastNewest ??
      `Round trips run on ${engineNames[roundTrips.engineOf(folder, true)]}, in scratch databases only`;
    item.severity = result?.pastNewest
      ? vscode.LanguageStatusSeverity.Warning
      : vscode.LanguageStatusSeverity.Information;
    item.command = {
      title: "Configure",
      command: "switchback.openConfig",
      arguments: [folder.uri],
      tooltip: "Open switchback.jsonc",
    };
  };

  update();
  return vscode.Disposable.from(
    item,
    folders.onDidLint(update),
    folders.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidChangeConfiguration(update),
    vscode.workspace.onDidGrantWorkspaceTrust(update),
  );
}
