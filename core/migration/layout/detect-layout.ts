import { firstSignOf, layoutBySigns } from "./runner-files.ts";

/** A file of the folder, as far as it is needed to tell its layout. */
export interface SeenFile {
  /** As messages show it. */
  readonly path: string;
  /** Relative to the migration folder, with `/`. */
  readonly name: string;
  /** Its text, or at least its first lines; asked for only where the name says nothing. */
  text(): string;
}

/** Which layout a folder is in. `evidence`: what was recognised, for "layout: goose (-- +goose Up)". */
export type Detection =
  | { readonly kind: "found"; readonly layout: string; readonly evidence: string }
  /** Files of two layouts lie in one folder: a runner would leave one half out. */
  | {
      readonly kind: "mixed";
      readonly layouts: readonly { readonly layout: string; readonly file: string }[];
    };

const byName: readonly { readonly pattern: RegExp; readonly layout: string }[] = [
  { pattern: /^[^/]+\/(up|down)\.sql$/, layout: "diesel" },
  { pattern: /^[^/]+\/migration\.sql$/, layout: "prisma" },
  { pattern: /^V\d+\.[^._][^.]*\.(up|down)\.sql$/, layout: "authelia" },
  { pattern: /^([VU]\d[\d._]*(__.*)?|B\d[\d._]*__.*|R__.*)\.sql$/, layout: "flyway" },
  {
    pattern: /^\d+_[^.]+\.(postgres|cockroach|mysql|sqlite3?)(\.autocommit)?\.(up|down)\.sql$/,
    layout: "ory",
  },
  { pattern: /^\d+_.*\.(up|down)\.sql$/, layout: "golang-migrate" },
];

/** Blanks of a line are no line ends: each line of a file with nothing else would be read to the end of them all. */
const byText: readonly { readonly pattern: RegExp; readonly layout: string }[] = [
  { pattern: /^[^\S\n]*--[^\S\n]*\+goose\s+(up|down)\b/im, layout: "goose" },
  { pattern: /^[^\S\n]*--[^\S\n]*\+migrate\s+(up|down)\b/im, layout: "sql-migrate" },
  { pattern: /^[^\S\n]*--[^\S\n]*migrate:(up|down)\b/m, layout: "dbmate" },
  { pattern: /^[^\S\n]*--(?:[^\S\n]|-)*(up|down)\s+migration/im, layout: "node-pg-migrate" },
];

/** Some files of a Flyway, golang-migrate, … folder need not follow its pattern; this share of another's must not. */
const stray = 0.2;

/**
 * The layout of a folder by its files' names and marker comments, and by what the runner's own files near it tell (`nearby`: the
 * words of `runnerSigns`). golang-migrate where nothing speaks for another.
 */
export function detectLayout(files: readonly SeenFile[], nearby: readonly string[] = []): Detection {
  const votes = new Map<string, { count: number; file: string }>();
  const names = new Set(files.map(({ name }) => name));
  for (const file of files) {
    // Diesel has `down.sql`, too: beside `migration.sql` it is Prisma's.
    if (names.has(file.name.replace(/\/down\.sql$/, "/migration.sql")) && file.name.endsWith("/down.sql"))
      continue;
    const layout = layoutOf(file);
    if (!layout) continue;
    const vote = votes.get(layout);
    if (vote) vote.count++;
    else votes.set(layout, { count: 1, file: file.path });
  }
  // Ory's dialect-free files look like golang-migrate's.
  if (votes.has("ory")) votes.delete("golang-migrate");
  const [first, second] = [...votes].sort(([, a], [, b]) => b.count - a.count);
  if (!first) return upOnly(files, nearby);
  if (second && second[1].count > first[1].count * stray)
    return { kind: "mixed", layouts: [first, second].map(([layout, { file }]) => ({ layout, file })) };
  const [layout, { file }] = first;
  if (layout === "prisma") return prismaOrDrizzle(files, file, nearby);
  if (layout === "golang-migrate") {
    const pairs = files.filter((it) => layoutOf(it) === layout);
    const own = byRunnersOwnFile(pairs, nearby);
    if (own) return own;
  }
  return { kind: "found", layout, evidence: file };
}

/** Their folders look alike, since Drizzle 1.0. */
function prismaOrDrizzle(files: readonly SeenFile[], first: string, nearby: readonly string[]): Detection {
  const sign = firstSignOf(["prisma", "drizzle"], nearby);
  if (sign?.layout === "prisma") return { kind: "found", layout: "prisma", evidence: first };
  const evidence = sign?.evidence ?? cutFile(files)?.path;
  return evidence === undefined
    ? { kind: "found", layout: "prisma", evidence: first }
    : { kind: "found", layout: "drizzle-folders", evidence };
}

function cutFile(files: readonly SeenFile[]): SeenFile | undefined {
  return files.find(({ text }) => /--> statement-breakpoint/.test(text()));
}

function layoutOf({ name, text }: SeenFile): string | undefined {
  const named = byName.find(({ pattern }) => pattern.test(name));
  if (named) return named.layout;
  if (!/^[^/]+\.sql$/i.test(name)) return undefined;
  const read = text();
  return byText.find(({ pattern }) => pattern.test(read))?.layout;
}

/** Flyway looks below a folder, too: `1.0/V1__init.sql`. */
const nested = /^(?:[^/]+\/)+([VU]\d[\d._]*|B\d[\d._]*|R)__[^/]*\.sql$/;

function upOnly(files: readonly SeenFile[], nearby: readonly string[]): Detection {
  const below = files.every(({ name }) => name.includes("/")) && files.find(({ name }) => nested.test(name));
  if (below) return { kind: "found", layout: "flyway", evidence: below.path };
  const own = byRunnersOwnFile(files, nearby);
  if (own) return own;
  const numbered = files.filter(({ name }) => /^\d+[a-z]?([_.-][^/]*)?\.sql$/i.test(name));
  // A few misnamed pairs are golang-migrate's, not another layout: `001_init_up.sql` and `1-init.up.sql` are meant to be.
  const directed = numbered.filter(({ name }) => /[._-](up|down)\.sql$/i.test(name));
  const first = numbered[0];
  const cut = cutFile(numbered);
  if (cut) return { kind: "found", layout: "drizzle", evidence: cut.path };
  if (first && directed.length < numbered.length / 2)
    return { kind: "found", layout: "plain", evidence: first.path };
  return { kind: "found", layout: "golang-migrate", evidence: "" };
}

function byRunnersOwnFile(files: readonly SeenFile[], nearby: readonly string[]): Detection | undefined {
  const names = files.map(({ name }) => name);
  const told = layoutBySigns(nearby, names);
  return told && { kind: "found", ...told };
}
