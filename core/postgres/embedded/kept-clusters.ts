import { chownSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KeptFolders } from "../kept-folders.ts";
import { newFile } from "./cluster.ts";
import { copyFolder, type Weight, weigh } from "./copy-folder.ts";
import type { RunnableInstallation } from "./runnable.ts";

/** What a server writes into its data folder that is true of this one process only. */
const ownFiles = ["postmaster.pid", "postmaster.opts"];

/** What is noted beside a data folder: which of its databases is meant, and what the keeper wants to know again. */
export interface ClusterNote {
  readonly database: string;
  readonly note: string;
}

type Manifest = Weight & ClusterNote;

/** Data folders with something in them, kept under a name, and weighed before they are used. */
export class KeptClusters {
  readonly #folders: KeptFolders;
  readonly #installation: RunnableInstallation;

  constructor(place: string, installation: RunnableInstallation) {
    this.#folders = new KeptFolders(place);
    this.#installation = installation;
  }

  /** Copies the data folder of this name to a place that is free. Undefined where there is none that is whole. */
  async take(name: string, to: string, signal: AbortSignal | undefined): Promise<ClusterNote | undefined> {
    const kept = this.#folders.pathOf(name);
    const manifest = readManifest(kept);
    if (!manifest) {
      // One without a manifest is damaged, and would be in the way of the next.
      this.forget(name);
      return undefined;
    }
    await copyFolder(join(kept, "data"), to, this.#installation, signal);
    if (!sameWeight(weigh(to), manifest)) {
      rmSync(to, { recursive: true, force: true });
      // Where the original is whole it was the copy that had no room.
      if (!sameWeight(weigh(join(kept, "data")), manifest)) this.forget(name);
      return undefined;
    }
    this.#folders.touch(name);
    return manifest;
  }

  /** Keeps a data folder in which nobody writes at the moment. Does nothing where that is not possible. */
  put(name: string, data: string, note: ClusterNote, signal: AbortSignal | undefined): Promise<void> {
    return this.#folders.put(name, async (folder) => {
      const { identity } = this.#installation;
      if (identity) chownSync(folder, identity.uid, identity.gid);
      const copy = join(folder, "data");
      await copyFolder(data, copy, this.#installation, signal);
      for (const file of ownFiles) rmSync(join(copy, file), { force: true });
      const manifest: Manifest = { ...weigh(copy), ...note };
      writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest), newFile);
      return sameWeight(manifest, withoutOwn(weigh(data), data));
    });
  }

  forget(name: string): void {
    this.#folders.forget(name);
  }
}

function sameWeight(a: Weight, b: Weight): boolean {
  return a.files === b.files && a.bytes === b.bytes;
}

/** The weight of a data folder less what belongs to the process that runs on it. */
function withoutOwn({ files, bytes }: Weight, data: string): Weight {
  const own = ownFiles.flatMap((file) => statSync(join(data, file), { throwIfNoEntry: false }) ?? []);
  return { files: files - own.length, bytes: bytes - own.reduce((sum, { size }) => sum + size, 0) };
}

function readManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}
