import { type Decoded, decode, type EncodingProblem } from "./decode.ts";
import type { FolderFile, Layout, LayoutReading } from "./layout/layout.ts";
import type { RawFile, SourceFile } from "./model.ts";

/** A migration folder, read: what runs, in order, and what is wrong with the files themselves. */
export interface FolderReading extends LayoutReading {
  readonly layout: Layout;
  /** The folder as messages show it. */
  readonly folder: string;
  /** Every file that the layout wants and that is no program, decoded, in the order of their names. */
  readonly files: readonly FolderFile[];
  readonly encoding: readonly EncodingProblem[];
}

/** Runners that read text, with another character where a byte is wrong; all others send the bytes, or stop there. */
const readsText: ReadonlySet<string> = new Set(["flyway", "node-pg-migrate", "drizzle", "drizzle-folders"]);

function withoutBytes({ file: { wrong: _, ...file }, problem }: Decoded): Decoded {
  return problem ? { file, problem: { ...problem, file } } : { file };
}

/** Files → migrations. `folder` is the prefix that the files' paths share. */
export function readMigrations(folder: string, raw: readonly RawFile[], layout: Layout): FolderReading {
  const decoded = raw
    .filter((file) => layout.wants(nameIn(folder, file)))
    .map((file) => (readsText.has(layout.name) ? withoutBytes(decode(file)) : decode(file)))
    .sort((a, b) => (a.file.path < b.file.path ? -1 : a.file.path > b.file.path ? 1 : 0));
  const read = layout.read(decoded.map(({ file }) => ({ file, name: nameIn(folder, file) })));
  const programs = new Set(read.programs?.map(({ file }) => file));
  const sql = decoded.filter(({ file }) => !programs.has(file));
  return {
    layout,
    folder,
    files: sql.map(({ file }) => ({ file, name: nameIn(folder, file) })),
    encoding: sql.map((it: Decoded) => it.problem).filter((problem) => problem !== undefined),
    ...read,
  };
}

function nameIn(folder: string, file: Pick<SourceFile, "path">): string {
  const prefix = folder === "" || folder === "." ? "" : `${folder.replace(/\/+$/, "")}/`;
  return file.path.startsWith(prefix) ? file.path.slice(prefix.length) : file.path;
}
