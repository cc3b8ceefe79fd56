import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { makeOpenFolder } from "./open-folder.ts";

/** How many folders are kept, and for how many days after they were last used. */
export const keptFolders = { most: 6, days: 14 } as const;
const longestMs = keptFolders.days * 24 * 60 * 60 * 1000;
/** A folder that somebody is still writing has another name, and is younger. */
const unfinishedMs = 60 * 60 * 1000;

/**
 * Folders that are kept for later runs under a name without a dot. They are written under another name and renamed
 * when they are whole, so that runs beside this one, and one that dies, leave nothing half.
 */
export class KeptFolders {
  readonly #place: string;

  constructor(place: string) {
    this.#place = place;
  }

  pathOf(name: string): string {
    return join(this.#place, name);
  }

  /** `fill` writes into a new folder and says whether it is whole. Nothing is kept where that is not possible. */
  async put(name: string, fill: (folder: string) => Promise<boolean>): Promise<void> {
    let unfinished: string | undefined;
    try {
      makeOpenFolder(this.#place);
      unfinished = mkdtempSync(`${this.pathOf(name)}.`);
      if (await fill(unfinished)) renameSync(unfinished, this.pathOf(name));
    } catch {
      // The disk is full, or another run was faster.
    } finally {
      if (unfinished) remove(unfinished);
      this.#sweep();
    }
  }

  /** Notes that a folder is still of use. */
  touch(name: string): void {
    try {
      utimesSync(this.pathOf(name), new Date(), new Date());
    } catch {
      // Another run has just swept it.
    }
  }

  /** Removes a folder that is of no use. */
  forget(name: string): void {
    const gone = `${this.pathOf(name)}.gone${process.pid}`;
    try {
      renameSync(this.pathOf(name), gone);
    } catch {
      return;
    }
    remove(gone);
  }

  #sweep(): void {
    const now = Date.now();
    const whole: { name: string; age: number }[] = [];
    for (const name of namesIn(this.#place)) {
      const age = now - lastUse(this.pathOf(name));
      if (!name.includes(".")) whole.push({ name, age });
      else if (age > unfinishedMs) remove(this.pathOf(name));
    }
    whole.sort((a, b) => a.age - b.age);
    for (const [i, { name, age }] of whole.entries())
      if (i >= keptFolders.most || age > longestMs) this.forget(name);
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** When it was made or used last, in milliseconds; a folder that is gone was never used. */
function lastUse(folder: string): number {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another run is at it too.
  }
}
