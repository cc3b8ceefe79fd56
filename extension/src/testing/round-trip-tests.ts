import * as vscode from "vscode";
import type { FolderMigration } from "../analysis/methods.ts";
import type { MigrationFolder } from "../folders/migration-folder.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";

/** The steps of a round trip, in the order in which they run. */
export const steps = [
  { phase: "up", label: "up" },
  { phase: "down", label: "down" },
  { phase: "redo", label: "up again" },
] as const;

/** What a test item stands for. */
export interface TestedMigration {
  readonly folder: MigrationFolder;
  readonly version: string;
}

/** The tree of the Testing view: a migration is a test with three steps; several folders are a level of their own. */
export class RoundTripTests {
  readonly #controller: vscode.TestController;
  readonly #folders: MigrationFolders;
  readonly #tested = new WeakMap<vscode.TestItem, TestedMigration>();

  constructor(controller: vscode.TestController, folders: MigrationFolders) {
    this.#controller = controller;
    this.#folders = folders;
  }

  /** Makes the tree match the folders; items of migrations that are still there keep their results. */
  update(): void {
    const folders = this.#folders.all;
    if (folders.length === 1 && folders[0]) {
      this.#replace(this.#controller.items, this.#migrations(folders[0], this.#controller.items));
      return;
    }
    const items = folders.map((folder) => {
      const id = folder.uri.toString();
      const item =
        this.#controller.items.get(id) ?? this.#controller.createTestItem(id, folder.shown, folder.uri);
      // A second root may have come since.
      item.label = folder.shown;
      this.#replace(item.children, this.#migrations(folder, item.children));
      return item;
    });
    this.#replace(this.#controller.items, items);
  }

  tested(item: vscode.TestItem): TestedMigration | undefined {
    return this.#tested.get(item);
  }

  /** The item of a migration, by its name: a version may be used twice. */
  find(folder: MigrationFolder, name: string): vscode.TestItem | undefined {
    const id = idOf(folder, name);
    return (
      this.#controller.items.get(id) ?? this.#controller.items.get(folder.uri.toString())?.children.get(id)
    );
  }

  /** Every migration below the items; a step stands for its whole migration. */
  migrationsIn(items: Iterable<vscode.TestItem>, excluded: readonly vscode.TestItem[]): vscode.TestItem[] {
    const found = new Set<vscode.TestItem>();
    const visit = (item: vscode.TestItem) => {
      if (excluded.includes(item)) return;
      if (this.#tested.has(item)) found.add(item);
      else if (item.parent && this.#tested.has(item.parent)) found.add(item.parent);
      else for (const [, child] of item.children) visit(child);
    };
    for (const item of items) visit(item);
    return [...found];
  }

  #migrations(folder: MigrationFolder, existing: vscode.TestItemCollection): vscode.TestItem[] {
    return (folder.session.result?.migrations ?? []).map((migration) =>
      this.#item(folder, migration, existing),
    );
  }

  #item(
    folder: MigrationFolder,
    migration: FolderMigration,
    existing: vscode.TestItemCollection,
  ): vscode.TestItem {
    const { version, name, up, down } = migration;
    const id = idOf(folder, name);
    const uri = folder.uriOf(up ?? down ?? "");
    const known = existing.get(id);
    if (known?.label === name && known.uri?.toString() === uri.toString()) {
      // The folder may be another object by now: its configuration came or went.
      this.#tested.set(known, { folder, version });
      this.#place(known, migration);
      return known;
    }
    const item = this.#controller.createTestItem(id, name, uri);
    item.sortText = version.padStart(20, "0");
    this.#tested.set(item, { folder, version });
    item.children.replace(
      steps.map(({ phase, label }, index) => {
        const path = phase === "down" ? (down ?? up) : (up ?? down);
        const step = this.#controller.createTestItem(`${id}/${phase}`, label, folder.uriOf(path ?? ""));
        step.sortText = String(index);
        return step;
      }),
    );
    this.#place(item, migration);
    return item;
  }

  /** Where the icons stand. The up is drawn once, for all of the migration. */
  #place(item: vscode.TestItem, { up, down, upLine, downLine }: FolderMigration): void {
    const line = (at = 0) => new vscode.Range(at, 0, at, 0);
    item.range = line(up === undefined ? downLine : up === down ? 0 : upLine);
    const step = down === undefined ? undefined : item.children.get(`${item.id}/down`);
    if (step) step.range = line(downLine);
  }

  #replace(collection: vscode.TestItemCollection, items: readonly vscode.TestItem[]): void {
    const wanted = new Set(items);
    const same = collection.size === wanted.size && items.every((item) => collection.get(item.id) === item);
    // Replacing what is there already would lose the results that are shown.
    if (!same) collection.replace(items);
  }
}

function idOf(folder: MigrationFolder, name: string): string {
  return `${folder.uri.toString()}#${name}`;
}
