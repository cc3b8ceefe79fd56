import type { Direction, Execution } from "../model.ts";
import { pairFiles, upFile } from "./compose.ts";
import type { ComposedFile, FolderFile, IgnoredFile, Layout } from "./layout.ts";
import { type Part, pairParts } from "./pair-parts.ts";

export interface FileLayout
  extends Pick<
    Layout,
    | "name"
    | "compare"
    | "gaps"
    | "late"
    | "fileName"
    | "firstVersion"
    | "expectsDown"
    | "remembers"
    | "repeats"
    | "folders"
  > {
  /** Lines that only the runner understands. */
  readonly markers?: readonly RegExp[];
  /** Spells in the composed files that these directions run outside of a transaction. */
  untransacted?(files: readonly ComposedFile[], directions: readonly Direction[]): readonly ComposedFile[];
  /** How many levels of folders hold the files (default 0). */
  readonly depth?: number;
  readonly downs: "file" | "none";
  /** Files besides .sql that the runner reads. */
  readonly extra?: RegExp;
  /** Which migration a file is a part of; why it is none; or undefined where it is not meant to be one. */
  identify(name: string): FileIdentity | Pick<IgnoredFile, "reason" | "isRun" | "stops"> | undefined;
  execution(file: FolderFile, files: ReadonlyMap<string, FolderFile>): Execution;
}

export interface FileIdentity {
  readonly version: string;
  readonly key: string;
  readonly title: string;
  readonly direction: Direction;
  readonly name?: string;
}

/** Layouts in which a file is one direction of one migration. */
export function fileLayout(options: FileLayout): Layout {
  const { name, compare, gaps, late, downs, depth = 0, fileName, firstVersion, expectsDown } = options;
  const compose = downs === "none" ? upFile(fileName) : pairFiles(fileName);
  return {
    name,
    depth,
    ...(options.folders ? { folders: true } : {}),
    downs,
    gaps,
    late,
    ...(firstVersion ? { firstVersion } : {}),
    ...(expectsDown ? { expectsDown } : {}),
    ...(options.remembers ? { remembers: options.remembers } : {}),
    ...(options.repeats ? { repeats: options.repeats } : {}),
    ...(options.markers ? { markers: options.markers } : {}),
    compare,
    wants: (file) => /\.sql$/i.test(file) || (options.extra?.test(file) ?? false),
    read: (files) => {
      const byName = new Map(files.map((entry) => [entry.name, entry]));
      const entries = files.flatMap((entry): (Part | IgnoredFile)[] => {
        const identity = options.identify(entry.name);
        if (!identity) return [];
        if ("reason" in identity) return [{ ...entry, ...identity }];
        return [{ ...identity, file: entry.file, execution: options.execution(entry, byName) }];
      });
      return pairParts(entries, compare);
    },
    fileName,
    compose: (version, title, sql) => {
      const files = compose(version, title, sql);
      const { untransacted = [] } = sql;
      return untransacted.length > 0 ? (options.untransacted?.(files, untransacted) ?? files) : files;
    },
  };
}
