import { dequal } from "dequal";
import * as vscode from "vscode";
import { listFiles } from "#core/migration/layout/layouts.ts";
import { count } from "#core/report/text/count.ts";
import { duration } from "#core/report/text/duration.ts";
import type { Analysis } from "../analysis/analysis.ts";
import type { LintResult } from "../analysis/methods.ts";
import { FolderSession } from "../folder-session.ts";
import { ConfigReadings } from "./config-readings.ts";
import { FileWatch } from "./file-watch.ts";
import { mayBeMigration } from "./find-folders.ts";
import { FolderFiles } from "./folder-files.ts";
import { MigrationFolder } from "./migration-folder.ts";
import { relativePath } from "./relative-path.ts";
import { type MissingFolder, type WantedFolder, wantedFolders } from "./wanted-folders.ts";

const debounce = 100;

/** Every migration folder of the workspace, kept up to date with its files, open documents and configuration. */
export class MigrationFolders implements vscode.Disposable {
  readonly #analysis: Analysis;
  readonly #log: vscode.LogOutputChannel;
  readonly #folders = new Map<string, MigrationFolder>();
  readonly #configs: ConfigReadings;
  readonly #files: FolderFiles;
  readonly #didLint = new vscode.EventEmitter<MigrationFolder>();
  readonly #didChangeMigrations = new vscode.EventEmitter<MigrationFolder>();
  readonly #didChange = new vscode.EventEmitter<void>();
  readonly #watch: FileWatch;
  #missing: readonly MissingFolder[] = [];
  #scanning: Promise<void> = Promise.resolve();
  #scanTimer: ReturnType<typeof setTimeout> | undefined;

  /** A folder has a new result. */
  readonly onDidLint = this.#didLint.event;
  /** A folder has other migrations than before, or they begin on other lines: what few edits do. */
  readonly onDidChangeMigrations = this.#didChangeMigrations.event;
  /** A folder came or went. */
  readonly onDidChange = this.#didChange.event;

  constructor(analysis: Analysis, log: vscode.LogOutputChannel) {
    this.#analysis = analysis;
    this.#log = log;
    this.#configs = new ConfigReadings(analysis);
    this.#files = new FolderFiles(log);
    this.#watch = new FileWatch({
      onFile: (uri) => this.#fileChanged(uri),
      onGone: (uri) => this.#gone(uri),
      onConfig: () => this.#scanSoon(),
      onDocument: (document) => this.#documentChanged(document),
      onClose: (document) => this.#documentClosed(document),
      onWorkspaceFolders: () => this.scan(),
    });
  }

  /** A configuration was read, or is gone. */
  get onDidReadConfig() {
    return this.#configs.onDidRead;
  }

  get all(): readonly MigrationFolder[] {
    return [...this.#folders.values()];
  }

  /** Those that a configuration names, and that are still to be made. */
  get missing(): readonly MissingFolder[] {
    return this.#missing;
  }

  /** The folder that a file belongs to, if that is one of migrations. */
  of(uri: vscode.Uri): MigrationFolder | undefined {
    const [nearest] = this.all
      .filter((folder) => holds(folder, uri))
      .sort((a, b) => b.uri.path.length - a.uri.path.length);
    return nearest;
  }

  at(folder: vscode.Uri): MigrationFolder | undefined {
    return this.#folders.get(folder.toString());
  }

  /** Looks for folders and configurations again. Scans run one after another. */
  scan(): Promise<void> {
    clearTimeout(this.#scanTimer);
    this.#scanTimer = undefined;
    this.#scanning = this.#scanning.then(() => this.#scan()).catch((error) => this.#log.error(error));
    return this.#scanning;
  }

  /** Resolves when every folder has a result for its files as they are. */
  async settled(): Promise<void> {
    if (this.#scanTimer !== undefined) await this.scan();
    await this.#scanning;
    await Promise.all(this.all.map((folder) => folder.session.settled()));
  }

  dispose(): void {
    clearTimeout(this.#scanTimer);
    for (const folder of this.all) folder.session.dispose();
    const parts = [this.#watch, this.#configs, this.#didLint, this.#didChangeMigrations, this.#didChange];
    for (const part of parts) part.dispose();
  }

  /** Many files may come at once, and a configuration is typed letter by letter. */
  #scanSoon(): void {
    clearTimeout(this.#scanTimer);
    this.#scanTimer = setTimeout(() => void this.scan(), debounce);
  }

  async #scan(): Promise<void> {
    const { wanted, missing } = await wantedFolders(this.#configs);
    this.#missing = missing;
    let changed = false;
    for (const [key, folder] of this.#folders) {
      if (wanted.has(key)) continue;
      folder.session.dispose();
      this.#folders.delete(key);
      changed = true;
    }
    for (const [key, folder] of wanted) {
      const known = this.#folders.get(key);
      if (known && isSamePlace(known, folder)) {
        known.session.configure(folder.reading.config, folder.nearby);
        continue;
      }
      known?.session.dispose();
      await this.#add(key, folder);
      changed = true;
    }
    if (changed) this.#didChange.fire();
  }

  async #add(key: string, wanted: WantedFolder): Promise<void> {
    const session = new FolderSession(this.#analysis, {
      id: key,
      folder: relativePath(wanted.root, wanted.uri) || ".",
      config: wanted.reading.config,
      nearby: wanted.nearby,
      debounce,
      onResult: (result, previous) => this.#published(key, result, previous),
      onFailure: (error) =>
        this.#log.error(`${key}: ${error instanceof Error ? error.message : String(error)}`),
    });
    const folder = new MigrationFolder(wanted, session);
    session.hold();
    this.#folders.set(key, folder);
    await this.#files.loadAll(folder).finally(() => session.release());
  }

  #published(key: string, result: LintResult, previous: LintResult | undefined): void {
    const folder = this.#folders.get(key);
    if (!folder) return;
    const { findings, layout, migrations } = result;
    const line = `${folder.shown}: ${count(migrations.length, "migration")} of ${layout}, ${count(findings.length, "finding")}, ${duration(result.ms)}`;
    // What was found when a folder opened is there to be looked up; each edit after it is not.
    if (previous) this.#log.debug(line);
    else this.#log.info(line);
    this.#didLint.fire(folder);
    if (!dequal(result.migrations, previous?.migrations)) this.#didChangeMigrations.fire(folder);
  }

  /** A file was made or changed on disk, perhaps by another program. */
  #fileChanged(uri: vscode.Uri): void {
    const folder = this.of(uri);
    if (folder) void this.#files.load(folder, uri);
    else if (mayBeMigration(uri)) this.#scanSoon();
  }

  #gone(uri: vscode.Uri): void {
    for (const folder of this.all) {
      if (relativePath(folder.uri, uri)) this.#files.drop(folder, uri);
      const isAbove = relativePath(uri, folder.uri) !== undefined;
      if (isAbove || (this.of(uri) === folder && !folder.session.paths.some(isSql))) this.#scanSoon();
    }
  }

  #documentChanged(document: vscode.TextDocument): void {
    const folder = this.of(document.uri);
    if (folder) void this.#files.show(folder, document);
  }

  /** What was not saved is gone with the document: the file counts again. */
  #documentClosed(document: vscode.TextDocument): void {
    const folder = this.of(document.uri);
    if (folder) void this.#files.load(folder, document.uri);
  }
}

function isSamePlace(known: MigrationFolder, { configUri, depth }: WantedFolder): boolean {
  return known.configUri?.toString() === configUri?.toString() && known.depth === depth;
}

/** As deep as its layout goes; or what lists its migrations, which may lie deeper. */
function holds({ uri: folder, depth }: MigrationFolder, uri: vscode.Uri): boolean {
  const name = relativePath(folder, uri);
  if (name === undefined || name === "") return false;
  return name.split("/").length - 1 <= depth || listFiles.includes(name);
}

function isSql(path: string): boolean {
  return /\.sql$/i.test(path);
}
