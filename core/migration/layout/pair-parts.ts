import { declarationsOf } from "../directives.ts";
import type { Direction, Execution, Migration, Script, SourceFile } from "../model.ts";
import type { Duplicate, IgnoredFile, LayoutReading } from "./layout.ts";

/** One direction of one migration, before it is known what it pairs with. */
export interface Part {
  /** As spelt in the name. */
  readonly version: string;
  /** Equal for versions that the runner takes for the same. */
  readonly key: string;
  readonly title: string;
  readonly direction: Direction;
  readonly file: SourceFile;
  readonly execution: Execution;
  /** 0-based UTF-16 offsets of the SQL in the file (default: all of it). */
  readonly start?: number;
  readonly end?: number;
  /** How the migration is called (default: `<version>_<title>`). */
  readonly name?: string;
}

/** Parts with one key are one migration; versions that are used twice are told. */
export function pairParts(
  entries: Iterable<Part | IgnoredFile>,
  compare: (a: string, b: string) => number,
): Pick<LayoutReading, "migrations" | "ignored" | "duplicates"> {
  const ignored: IgnoredFile[] = [];
  const byKey = new Map<string, Part[]>();
  for (const entry of entries) {
    if ("reason" in entry) {
      ignored.push(entry);
      continue;
    }
    const parts = byKey.get(entry.key);
    if (parts) parts.push(entry);
    else byKey.set(entry.key, [entry]);
  }
  const migrations: Migration[] = [];
  const duplicates: Duplicate[] = [];
  for (const key of [...byKey.keys()].sort(compare)) {
    const parts = byKey.get(key) ?? [];
    duplicates.push(...duplicatesIn(key, parts));
    migrations.push(...pair(parts));
  }
  return { migrations, ignored, duplicates };
}

function duplicatesIn(key: string, parts: readonly Part[]): Duplicate[] {
  const [ups, downs] = (["up", "down"] as const).map((direction) => ({
    key,
    direction,
    files: parts.filter((part) => part.direction === direction).map((part) => part.file),
  }));
  const found = [ups, downs].filter((it) => it !== undefined && it.files.length > 1) as Duplicate[];
  // Sections of the same two files: one fact, told once.
  const sameFiles = found.length === 2 && found[0]?.files.every((file, i) => file === found[1]?.files[i]);
  return sameFiles ? found.slice(0, 1) : found;
}

/**
 * Up and down of one version belong together whatever their titles. Only where a version is used twice do the file or
 * the titles tell which belongs to which.
 */
function pair(parts: readonly Part[]): Migration[] {
  const ups = parts.filter((part) => part.direction === "up");
  const downs = parts.filter((part) => part.direction === "down");
  if (ups.length <= 1 && downs.length <= 1)
    return [migration(ups[0], downs[0])].filter((it) => it !== undefined);
  const left = new Set(downs);
  const pairs = ups.map((up) => {
    const candidates = [...left];
    const down =
      candidates.find((candidate) => candidate.file === up.file) ??
      candidates.find((candidate) => candidate.title === up.title);
    if (down) left.delete(down);
    return migration(up, down);
  });
  return [...pairs, ...[...left].map((down) => migration(undefined, down))].filter((it) => it !== undefined);
}

function migration(up: Part | undefined, down: Part | undefined): Migration | undefined {
  const named = up ?? down;
  if (!named) return undefined;
  const scripts = {
    ...(up ? { up: script(up) } : {}),
    ...(down ? { down: script(down) } : {}),
  };
  return {
    version: named.version,
    key: named.key,
    title: named.title,
    name: named.name ?? `${named.version}_${named.title}`,
    ...scripts,
    declarations: declarationsOf([scripts.up, scripts.down]),
  };
}

function script({ direction, file, execution, start = 0, end = file.text.length }: Part): Script {
  return { direction, file, start, end, execution };
}
