import * as vscode from "vscode";
import type { MigrationFolder } from "../folders/migration-folder.ts";

/** As much of the built-in Git extension's API as is used here. */
interface GitApi {
  getRepository(uri: vscode.Uri): {
    readonly state: Readonly<
      Record<
        "indexChanges" | "workingTreeChanges" | "untrackedChanges" | "mergeChanges",
        readonly { uri: vscode.Uri }[]
      >
    >;
    status(): Promise<void>;
  } | null;
}

/** Versions with a file that differs from the last commit. Undefined where that cannot be known. */
export async function changedVersions(folder: MigrationFolder): Promise<readonly string[] | undefined> {
  const extension = vscode.extensions.getExtension<{ readonly enabled: boolean; getAPI(version: 1): GitApi }>(
    "vscode.git",
  );
  const exports = await extension?.activate();
  if (!exports?.enabled) return undefined;
  const repository = exports.getAPI(1).getRepository(folder.uri);
  if (!repository) return undefined;
  await repository.status();
  const { indexChanges, workingTreeChanges, untrackedChanges, mergeChanges } = repository.state;
  const changed = new Set(
    [indexChanges, workingTreeChanges, untrackedChanges, mergeChanges]
      .flat()
      .map(({ uri }) => folder.pathOf(uri)),
  );
  return (folder.session.result?.migrations ?? [])
    .filter(({ up, down }) => [up, down].some((path) => path !== undefined && changed.has(path)))
    .map(({ version }) => version);
}
