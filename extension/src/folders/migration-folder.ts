import * as vscode from "vscode";
import { withoutMark } from "#core/migration/without-mark.ts";
import type { FolderMigration } from "../analysis/methods.ts";
import type { FolderSession } from "../folder-session.ts";
import { relativePath } from "./relative-path.ts";
import type { WantedFolder } from "./wanted-folders.ts";

const decoder = new TextDecoder();

/** A migration and which of its two directions is meant. */
export interface MigrationAt {
  readonly migration: FolderMigration;
  readonly direction: "up" | "down";
}

/** A migration folder of the workspace. Paths in findings are relative to `root`. */
export class MigrationFolder {
  readonly uri: vscode.Uri;
  readonly root: vscode.Uri;
  readonly depth: number;
  readonly configUri: vscode.Uri | undefined;
  readonly session: FolderSession;

  constructor(
    { uri, root, depth, configUri }: Omit<WantedFolder, "reading" | "nearby">,
    session: FolderSession,
  ) {
    this.uri = uri;
    this.root = root;
    this.depth = depth;
    this.configUri = configUri;
    this.session = session;
  }

  /** As people tell it from others: where a workspace has several roots, each may have a `migrations`. */
  get shown(): string {
    const root = vscode.workspace.getWorkspaceFolder(this.uri)?.name;
    if (root === undefined || vscode.workspace.workspaceFolders?.length === 1) return this.session.folder;
    return this.session.folder === "." ? root : `${root}/${this.session.folder}`;
  }

  uriOf(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.root, path);
  }

  pathOf(uri: vscode.Uri): string {
    return relativePath(this.root, uri) ?? uri.path;
  }

  /** What is checked of a file, saved or not, without a byte order mark. Undefined where there is no such file. */
  textOf(path: string): string | undefined {
    const content = this.session.content(path);
    return typeof content === "string" ? withoutMark(content) : content && decoder.decode(content);
  }

  /**
   * The migration that a file belongs to, and which of its two directions the file is. Where one file holds both, `line`
   * (0-based) decides: absent, it is the up.
   */
  migrationOf(uri: vscode.Uri, line = 0): MigrationAt | undefined {
    const path = this.pathOf(uri);
    for (const migration of this.session.result?.migrations ?? []) {
      const { up, down, downLine } = migration;
      if (up === path && (down !== path || line < (downLine ?? 0))) return { migration, direction: "up" };
      if (down === path) return { migration, direction: "down" };
    }
    return undefined;
  }

  migrationAt(version: string): FolderMigration | undefined {
    return this.session.result?.migrations.find((migration) => migration.version === version);
  }
}
