import type * as vscode from "vscode";
import type { Finding } from "#core/report/model.ts";
import { runsOnType } from "../folders/file-watch.ts";
import type { MigrationFolder } from "../folders/migration-folder.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import { toRange } from "./ranges.ts";

export interface FindingsAt {
  readonly folder: MigrationFolder;
  readonly path: string;
  readonly findings: readonly Finding[];
}

/** The findings that touch a range of a document, as the document is now; none where it is checked only when it is saved. */
export async function findingsAt(
  folders: MigrationFolders,
  document: vscode.TextDocument,
  range?: vscode.Range,
): Promise<FindingsAt | undefined> {
  const folder = folders.of(document.uri);
  if (!folder || (document.isDirty && !runsOnType(document))) return undefined;
  const result = await folder.session.settled();
  const path = folder.pathOf(document.uri);
  const findings = (result?.findings ?? []).filter(
    (finding) => finding.file === path && (!range || range.intersection(toRange(finding.range))),
  );
  return { folder, path, findings };
}
