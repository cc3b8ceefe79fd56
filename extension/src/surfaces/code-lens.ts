import * as vscode from "vscode";
import { duration } from "#core/report/text/duration.ts";
import { isFailed, verdictWords } from "#core/report/verdict-words.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import type { RoundTrips } from "../proof/round-trips.ts";
import { documentSelector } from "./code-actions.ts";

/** Above the first line: what the last round trip said, and what can be done. */
export function registerCodeLens(folders: MigrationFolders, roundTrips: RoundTrips): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      const settings = vscode.workspace.getConfiguration("switchback", document);
      if (settings.get("codeLens.enabled") === false) return [];
      const folder = folders.of(document.uri);
      await folder?.session.settled();
      const found = folder?.migrationOf(document.uri);
      if (!folder || !found) return [];
      const top = new vscode.Range(0, 0, 0, 0);
      const lens = (command: vscode.Command) => new vscode.CodeLens(top, command);
      const lenses: vscode.CodeLens[] = [];
      if (roundTrips.isRunning(folder, found.migration)) {
        const stop = { command: "testing.cancelRun", tooltip: "Stop every round trip that runs" };
        return [
          lens({ title: "$(loading~spin) Round trip is running", command: "" }),
          lens({ title: "Cancel", ...stop }),
        ];
      }
      const last = roundTrips.of(folder, found.migration);
      if (last?.current) {
        const { roundTrip } = last.proved;
        const mark = isFailed(roundTrip.verdict) ? "$(error)" : "$(check)";
        const title = `${mark} ${verdictWords(roundTrip)} · ${duration(roundTrip.ms)}`;
        lenses.push(
          lens({
            title,
            command: "testing.showMostRecentOutput",
            tooltip: "Show the output of the round trip",
          }),
        );
      }
      const run = last?.current ? "$(play) Run again" : "$(play) Run round trip";
      lenses.push(lens({ title: run, command: "switchback.runRoundTrip", arguments: [document.uri] }));
      if (found.migration.up !== undefined)
        lenses.push(
          lens({ title: "Propose down", command: "switchback.proposeDown", arguments: [document.uri] }),
        );
      return lenses;
    },
  };
  return vscode.Disposable.from(
    changed,
    folders.onDidLint(() => changed.fire()),
    roundTrips.onDidChange(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("switchback.codeLens")) changed.fire();
    }),
    vscode.languages.registerCodeLensProvider(documentSelector, provider),
  );
}
