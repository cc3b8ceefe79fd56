import { join } from "node:path";
import { detectFolder } from "#core/migration/detect-folder.ts";
import { chooseLayout } from "#core/migration/layout/choose-layout.ts";
import { readFolder } from "#core/migration/read-folder.ts";
import { type FolderReading, readMigrations } from "#core/migration/read-migrations.ts";

/** The folder of the corpus that holds the real migration folders; asks for SWITCHBACK_CORPUS. */
export function corpusSets(): string {
  const corpus = process.env.SWITCHBACK_CORPUS ?? "";
  if (corpus === "") throw new Error("SWITCHBACK_CORPUS is not set");
  return join(corpus, "sets");
}

/** A real folder in the layout that it is in. Paths begin with the folder's name. */
export function readCorpusFolder(name: string): FolderReading {
  const folder = join(corpusSets(), name);
  const chosen = chooseLayout("auto", () => detectFolder(folder, name));
  if (!chosen.ok) throw new Error(`${name}: ${chosen.problem}`);
  const reading = readFolder(folder, name, chosen.layout);
  if (!reading.ok) throw new Error(`${name} cannot be read`);
  return readMigrations(name, reading.files, chosen.layout);
}
