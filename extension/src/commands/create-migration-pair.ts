import * as vscode from "vscode";
import { type NewPair, newPair } from "#core/author/new/new-pair.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import type { ComposedFile, Layout } from "#core/migration/layout/layout.ts";
import { layouts } from "#core/migration/layout/layouts.ts";
import type { FileEdit, MigrationInfo } from "#core/report/model.ts";
import { lineEndOf, withLineEnd } from "#core/sql/line-end.ts";
import { exists } from "../folders/config-file.ts";
import { configuredFile } from "../folders/configured-file.ts";
import type { MigrationFolder } from "../folders/migration-folder.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import { applyAndSave } from "../surfaces/apply-and-save.ts";
import { workspaceEdit } from "../surfaces/workspace-edit.ts";
import { headedPair } from "./headed-pair.ts";
import { pickFolder } from "./pick-folder.ts";
import { pickRoot } from "./pick-root.ts";
import { titleOf } from "./title-of.ts";

/** Where the pair goes, and what is there already. */
interface Place {
  readonly uri: vscode.Uri;
  readonly shown: string;
  readonly layout: string;
  readonly migrations: readonly MigrationInfo[];
  /** Versions of those that are programs. */
  readonly programs: readonly string[];
  /** The folder that is known, if it is. */
  readonly folder?: MigrationFolder;
}

/**
 * Asks what the migration does, shows the names it will get, makes both files and opens them side by side. A key
 * binding may give the description along.
 */
export async function createMigrationPair(
  folders: MigrationFolders,
  argument: unknown,
  given: unknown,
): Promise<void> {
  const place = await placeOf(folders, argument);
  if (!place) return;
  const layout = layouts[place.layout] ?? golangMigrate;
  const migrations = [
    ...titled(place.migrations),
    ...place.programs.map((version) => ({ version, title: "" })),
  ];
  const pairOf = (description: string): NewPair =>
    newPair({ layout, migrations, siblings: place.migrations, description, now: new Date() });
  const description = typeof given === "string" ? given : await askDescription(place, pairOf);
  if (description === undefined) return;
  const pair = pairOf(description);
  if (!pair.ok) {
    void vscode.window.showErrorMessage(pair.problem);
    return;
  }
  const header = await headerOf(place);
  if (header === unreadable) return;
  const now = new Date();
  const { files, line } = headedPair(layout, pair, place.migrations, header, now);
  const uris = files.map((file) => vscode.Uri.joinPath(place.uri, file.name));
  const [up, down] = uris;
  if (!up) return;
  for (const uri of uris) {
    if (!(await exists(uri))) continue;
    void vscode.window.showErrorMessage(`${uri.path} exists already; nothing was made.`);
    return;
  }
  const edit = listedEdit(place, layout, files, now);
  const lineEnd = lineEndOf(newestUp(place));
  for (const [index, file] of files.entries()) {
    const uri = uris[index];
    // Without `overwrite` a file that another window made this very moment is left alone.
    if (uri) {
      const contents = new TextEncoder().encode(withLineEnd(file.text, lineEnd));
      edit.createFile(uri, { contents });
    }
  }
  if (!(await applyAndSave(edit))) {
    void vscode.window.showErrorMessage(`The pair could not be made in ${place.shown}: may you write there?`);
    return;
  }
  const start = new vscode.Position(line, 0);
  await vscode.window.showTextDocument(up, {
    preview: false,
    viewColumn: vscode.ViewColumn.Active,
    selection: new vscode.Range(start, start),
  });
  if (!down) return;
  await vscode.window.showTextDocument(down, {
    preview: false,
    viewColumn: vscode.ViewColumn.Beside,
    preserveFocus: true,
  });
}

/** The runner passes over what its list does not name. */
function listedEdit(
  { folder }: Place,
  layout: Layout,
  files: readonly ComposedFile[],
  now: Date,
): vscode.WorkspaceEdit {
  const { list } = layout;
  if (!folder || !list) return new vscode.WorkspaceEdit();
  const file = folder.pathOf(vscode.Uri.joinPath(folder.uri, list.file));
  const text = folder.textOf(file) ?? "";
  const edits = files.flatMap(({ name }) => (text === "" ? [] : list.withNew(text, name, now)));
  const edit = workspaceEdit(
    edits.map((it): FileEdit => ({ kind: "replace", file, ...it })),
    folder,
  );
  return edit ?? new vscode.WorkspaceEdit();
}

/** What a new file ends its lines as. */
function newestUp({ folder, migrations }: Place): string {
  return folder?.textOf(migrations.at(-1)?.up ?? "") ?? "";
}

const unreadable = Symbol("unreadable");

/** The template that the configuration names. Where it cannot be read, nothing is made, and that is said. */
async function headerOf({ folder }: Place): Promise<string | undefined | typeof unreadable> {
  const named = folder?.session.config.header;
  try {
    return folder && (await configuredFile(folder, named))?.text;
  } catch {
    void vscode.window.showErrorMessage(
      `The header ${named} of switchback.jsonc cannot be read; nothing was made.`,
    );
    return unreadable;
  }
}

function askDescription(
  place: Place,
  pairOf: (description: string) => NewPair,
): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `New migration in ${place.shown}`,
    prompt: "What does it do?",
    placeHolder: "add user status",
    ignoreFocusOut: true,
    validateInput: (value) => {
      const pair = pairOf(value);
      if (pair.ok) return information(pair.files.map((file) => file.name).join(", "));
      return value === "" ? information(pair.problem) : pair.problem;
    },
  });
}

async function placeOf(folders: MigrationFolders, argument: unknown): Promise<Place | undefined> {
  if (argument instanceof vscode.Uri && !folders.at(argument) && !folders.of(argument))
    return newPlace(argument);
  const folder = await pickFolder(folders, argument, "Which folder gets the migration?");
  if (folder) {
    const { session, uri } = folder;
    await session.settled();
    const migrations = session.result?.migrations ?? [];
    return {
      uri,
      shown: folder.shown,
      layout: session.result?.layout ?? session.config.layout,
      migrations,
      programs: session.result?.programs ?? [],
      folder,
    };
  }
  if (folders.all.length > 0) return undefined;
  const [named] = folders.missing;
  if (named) return newPlace(named.uri, named.layout);
  if (!vscode.workspace.workspaceFolders?.[0]) {
    void vscode.window.showInformationMessage("Open a folder first: a migration is a file in it.");
    return undefined;
  }
  const root = await pickRoot("Which folder gets the migration?");
  return root && newPlace(vscode.Uri.joinPath(root, "migrations"));
}

/** A folder without a migration so far. */
function newPlace(uri: vscode.Uri, layout = "auto"): Place {
  return {
    uri,
    shown: vscode.workspace.asRelativePath(uri),
    layout,
    migrations: [],
    programs: [],
  };
}

function titled(migrations: readonly MigrationInfo[]) {
  return migrations.map((migration) => ({ version: migration.version, title: titleOf(migration) }));
}

function information(message: string): vscode.InputBoxValidationMessage {
  return { message, severity: vscode.InputBoxValidationSeverity.Info };
}
