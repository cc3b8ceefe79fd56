import * as vscode from "vscode";
import type { Analysis } from "../analysis/analysis.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import type { RoundTrips } from "../proof/round-trips.ts";
import type { ServerUrl } from "../proof/server-url.ts";
import { VirtualDocuments } from "../surfaces/virtual-documents.ts";
import type { TestRuns } from "../testing/test-runs.ts";
import { createMigrationPair } from "./create-migration-pair.ts";
import { explainRule } from "./explain-rule.ts";
import { goToPair } from "./go-to-pair.ts";
import { openConfig } from "./open-config.ts";
import { proposeDown } from "./propose-down.ts";
import { renameMigration } from "./rename-migration.ts";
import { renumberMigration } from "./renumber-migration.ts";
import { runAllRoundTrips, runChangedRoundTrips, runRoundTrip } from "./run-round-trips.ts";
import { clearServerUrl, setServerUrl } from "./server-url.ts";
import { showSchemaChange } from "./show-schema-change.ts";

/** Every command of the manifest. */
export function registerCommands(
  folders: MigrationFolders,
  analysis: Analysis,
  roundTrips: RoundTrips,
  runs: TestRuns,
  serverUrl: ServerUrl,
): vscode.Disposable {
  const schemas = new VirtualDocuments("switchback-schema");
  const proposals = new VirtualDocuments("switchback-proposal");
  const pages = new VirtualDocuments("switchback-rule");
  const commands: Readonly<Record<string, (argument: unknown, more: unknown) => Promise<void>>> = {
    createMigrationPair: (argument, more) => createMigrationPair(folders, argument, more),
    proposeDown: (argument) => proposeDown(folders, { analysis, roundTrips, proposals }, argument),
    renameMigration: (argument, more) => renameMigration(folders, analysis, argument, more),
    renumberMigration: (argument, more) => renumberMigration(folders, analysis, argument, more),
    runRoundTrip: (argument) => runRoundTrip(folders, runs, argument),
    runChangedRoundTrips: () => runChangedRoundTrips(folders, runs),
    runAllRoundTrips: () => runAllRoundTrips(folders, runs),
    goToPair: (argument) => goToPair(folders, argument),
    explainRule: (argument) => explainRule(analysis, pages, argument),
    showSchemaChange: (argument) => showSchemaChange(folders, analysis, schemas, argument),
    openConfig: (argument) => openConfig(folders, argument),
    setServerUrl: (argument) => setServerUrl(serverUrl, argument),
    clearServerUrl: () => clearServerUrl(serverUrl),
  };
  return vscode.Disposable.from(
    schemas,
    proposals,
    pages,
    ...Object.entries(commands).map(([name, run]) =>
      vscode.commands.registerCommand(`switchback.${name}`, run),
    ),
  );
}
