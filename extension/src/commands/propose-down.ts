import * as vscode from "vscode";
import type { FileEdit } from "#core/report/model.ts";
import type { Analysis } from "../analysis/analysis.ts";
import type { Proposal } from "../analysis/methods.ts";
import { exists } from "../folders/config-file.ts";
import type { MigrationFolder } from "../folders/migration-folder.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import type { RoundTrips } from "../proof/round-trips.ts";
import type { VirtualDocuments } from "../surfaces/virtual-documents.ts";
import { workspaceEdit } from "../surfaces/workspace-edit.ts";
import { type Target, targetOf } from "./target.ts";

interface Sources {
  readonly analysis: Analysis;
  readonly roundTrips: RoundTrips;
  readonly proposals: VirtualDocuments;
}

/**
 * Writes the inverse of the up into a down that is missing or empty, unsaved, for the person to read. A down that has
 * statements is never touched: the proposal is shown beside it, as it is where the runner knows no down.
 */
export async function proposeDown(
  folders: MigrationFolders,
  { analysis, roundTrips, proposals }: Sources,
  argument: unknown,
): Promise<void> {
  const target = await targetOf(folders, argument);
  if (!target) return;
  const { folder, migration } = target;
  const { version } = migration;
  const checked = folder.session.result;
  const fromFiles = await analysis.proposeDown({ id: folder.session.id, version });
  if (!fromFiles) {
    void vscode.window.showInformationMessage(
      `${migration.name} has no up that can be read, so there is nothing to invert.`,
    );
    return;
  }
  const proposal = (await fromCatalogs(target, fromFiles, roundTrips)) ?? fromFiles;
  // A server takes its time, and somebody may write on: the up is another one by then, and the down's place has moved.
  if ((await folder.session.settled()) !== checked)
    return proposeDown(folders, { analysis, roundTrips, proposals }, argument);
  if (proposal.edit) await write(folder, proposal.edit, proposal.besides ?? []);
  else await show(target, proposal, proposals);
}

/**
 * What PostgreSQL itself says of the schema, where it is running anyway, or where the files do not tell all. Undefined
 * where it may not be asked, does not get there, or the person does not want to wait.
 */
async function fromCatalogs(
  { folder, migration }: Target,
  { partial }: Proposal,
  roundTrips: RoundTrips,
): Promise<Proposal | undefined> {
  const { state } = roundTrips;
  const pays = state === "warm" || (partial && state === "cold");
  if (!vscode.workspace.isTrusted || !pays) return undefined;
  const title = `Reading the schema around ${migration.name}. Cancel to go by its statements alone`;
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, (_, token) =>
    roundTrips.proposeDown(folder, migration.version, token).catch(() => undefined),
  );
}

async function write(folder: MigrationFolder, edit: FileEdit, besides: readonly FileEdit[]): Promise<void> {
  const uri = folder.uriOf(edit.file);
  const insertion = workspaceEdit(edit.kind === "replace" ? [...besides, edit] : besides, folder);
  if (!insertion) return;
  if (edit.kind === "create") insertion.insert(uri, new vscode.Position(0, 0), edit.text);
  // A new file is empty on disk: the proposal is the editor's until the person saves it.
  if (edit.kind === "create" && !(await exists(uri))) {
    const creation = new vscode.WorkspaceEdit();
    creation.createFile(uri, { ignoreIfExists: true });
    if (!(await vscode.workspace.applyEdit(creation))) {
      void vscode.window.showErrorMessage(`${edit.file} could not be made: may you write there?`);
      return;
    }
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const viewColumn = open?.viewColumn ?? vscode.ViewColumn.Beside;
  const editor = await vscode.window.showTextDocument(document, { preview: false, viewColumn });
  if (!(await vscode.workspace.applyEdit(insertion))) return;
  const at = document.positionAt(endOf(edit, besides));
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at));
}

/** Where the proposal ends once it is in: behind what was put above it in the same file. */
function endOf(edit: FileEdit, besides: readonly FileEdit[]): number {
  const above = besides.filter(({ kind, file }) => kind === "replace" && file === edit.file);
  const start = edit.kind === "replace" ? edit.start : 0;
  return [edit, ...above].reduce((end, it) => end + ("text" in it ? it.text.length : 0), start);
}

async function show(
  { folder, migration }: Target,
  proposal: Proposal,
  proposals: VirtualDocuments,
): Promise<void> {
  const path = `${folder.uri.path}/${migration.name}`;
  const shown = proposals.put(`${path}.proposed.down.sql`, proposal.text);
  if (proposal.present === undefined || migration.down === undefined) {
    await vscode.window.showTextDocument(shown, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    return;
  }
  const inSection = migration.down === migration.up;
  const present = inSection
    ? proposals.put(`${path}.down.sql`, proposal.present)
    : folder.uriOf(migration.down);
  await vscode.commands.executeCommand("vscode.diff", present, shown, `${migration.name}: down ↔ proposal`);
}
