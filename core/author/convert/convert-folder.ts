import type { ComposedFile, Layout } from "../../migration/layout/layout.ts";
import type { Direction, Malformed, Migration, Script } from "../../migration/model.ts";
import type { FolderReading } from "../../migration/read-migrations.ts";
import { lineEndOf, withLineEnd } from "../../sql/line-end.ts";
import { loadParser, parseSql } from "../../sql/parse.ts";
import { fenced } from "../fenced.ts";
import { readBack } from "../read-back.ts";
import { sameTransactions, wantsNoTransaction } from "../same-transactions.ts";
import { unmarked } from "./unmarked.ts";

export type Converted =
  | {
      readonly ok: true;
      readonly files: readonly ComposedFile[];
      /** Files of the folder that no migration is made of, and why. */
      readonly left: readonly { readonly path: string; readonly reason: string }[];
    }
  /** What the other layout cannot hold, or what is wrong with the folder: one sentence each. Nothing is to be written. */
  | { readonly ok: false; readonly problems: readonly string[] };

export interface ConvertOptions {
  /** New versions 000001, 000002, … in the present order. */
  readonly renumber?: boolean;
  /** For runners that note when a migration was made. */
  readonly now?: Date;
}

/**
 * A folder as another runner spells it. Nothing is lost: the result is read back, and where it has other statements,
 * another order or other transactions than the folder, that is a problem.
 */
export async function convertFolder(
  reading: FolderReading,
  target: Layout,
  options: ConvertOptions = {},
): Promise<Converted> {
  await loadParser();
  const wrong = [...unfit(reading), ...cannotHold(reading, target, options)];
  if (wrong.length > 0) return { ok: false, problems: wrong };
  const programs = reading.programs?.map(({ file }) => ({ file, reason: "it is a program" })) ?? [];
  const left = [...reading.ignored, ...programs].map(({ file, reason }) => ({ path: file.path, reason }));
  const own = target.name === reading.layout.name;
  const spell = (width: number) => (migration: Migration, index: number) => {
    const version = own && !options.renumber ? migration.version : versionIn(migration, index, options);
    const padded = version.padStart(width, "0");
    return own ? (target.spelling?.(migration, padded) ?? padded) : padded;
  };
  const plain = listed(composed(reading, target, spell(0)), target, options);
  const back = readBack(target, plain);
  if (isInOrder(reading, back)) return verified(reading, plain, back, left, target);
  // The other runner orders versions as text.
  const width = Math.max(...reading.migrations.map(({ version }) => digitsOf(version).length));
  const padded = listed(composed(reading, target, spell(width)), target, options);
  return verified(reading, padded, readBack(target, padded), left, target);
}

function unfit({ duplicates, malformed = [], encoding, migrations }: FolderReading): string[] {
  const paths = (files: readonly { path: string }[]) => files.map(({ path }) => path).join(" and ");
  return [
    ...duplicates.map(({ files }) => `${paths(files)} have one version: switchback renumber`),
    ...malformed.map(malformedLine),
    ...encoding.map(({ file }) => `${file.path} is not UTF-8`),
    ...migrations.filter(({ up }) => !up).map(({ name }) => `${name} has a down but no up`),
  ];
}

function cannotHold(
  { migrations, layout }: FolderReading,
  target: Layout,
  { renumber }: ConvertOptions,
): string[] {
  if (layout.name === target.name) return [];
  return migrations.flatMap((migration) => {
    const { name, version } = migration;
    if (version === "R") return [`${name} runs whenever it changed, and ${target.name} knows no such thing`];
    if (downOf(migration, layout) && target.downs === "none")
      return [`${name} has a down, and ${target.name} knows none`];
    for (const { file } of [migration.up, migration.down].filter((it) => it !== undefined)) {
      const filled = layout.placeholder?.(file.text);
      if (filled)
        return [`${file.path} has ${filled}, which ${layout.name} fills in and ${target.name} does not`];
      const foreign = target.placeholder?.(file.text);
      if (foreign) return [`${file.path} has ${foreign}, which ${target.name} would fill in`];
    }
    if (!renumber && !/^\d+$/.test(digitsOf(version)))
      return [`${version} is no whole number, and ${target.name} wants one: --renumber counts 1, 2, 3`];
    return [];
  });
}

/** Diesel's dashes do not count. */
function digitsOf(version: string): string {
  return version.replaceAll("-", "");
}

function versionIn({ version }: Migration, index: number, { renumber }: ConvertOptions): string {
  return renumber ? String(index + 1).padStart(6, "0") : digitsOf(version);
}

function composed(
  { migrations, layout }: FolderReading,
  target: Layout,
  spell: (migration: Migration, index: number) => string,
): ComposedFile[] {
  return migrations.flatMap((migration, index) => {
    const { up, title } = migration;
    const down = downOf(migration, layout);
    if (!up) return [];
    const text = (script: Script) => fenced(unmarked(script, layout), target.fence);
    const untransacted: Direction[] = [up, down].flatMap((script) =>
      script && wantsNoTransaction(script) ? [script.direction] : [],
    );
    const own = target.name === layout.name;
    const files = target.compose(spell(migration, index), own ? title : spelt(title), {
      up: text(up),
      ...(down && { down: text(down) }),
      untransacted,
    });
    const lineEnd = lineEndOf(`${up.file.text}${down?.file.text ?? ""}`);
    return files.map((file) => ({ ...file, text: withLineEnd(file.text, lineEnd) }));
  });
}

function malformedLine({ file, message, help }: Pick<Malformed, "file" | "message" | "help">): string {
  return `${file.path}: ${message}: ${help.replaceAll(/\n\s*/g, " ")}`;
}

/** With the file in which the runner lists what it runs. */
function listed(
  files: readonly ComposedFile[],
  { list }: Layout,
  { now = new Date() }: ConvertOptions,
): readonly ComposedFile[] {
  if (!list) return files;
  const text = files.reduce(
    (before, { name }) =>
      list
        .withNew(before, name, now)
        .reduce((all, { start, end, text }) => all.slice(0, start) + text + all.slice(end), before),
    list.empty,
  );
  return [...files, { name: list.file, text }];
}

/** The down, unless nothing is there but the mark without which the runner refuses the file. */
function downOf({ down }: Migration, { needsDown }: Layout): Script | undefined {
  const isMark = needsDown && down && down.file.text.slice(down.start, down.end).trim() === "";
  return isMark ? undefined : down;
}

/** Dots and slashes mean something in the names of some runners. */
function spelt(title: string): string {
  return title.replaceAll(/[^\w-]+/g, "_") || "migration";
}

function isInOrder({ migrations }: FolderReading, back: FolderReading): boolean {
  return (
    migrations.length === back.migrations.length &&
    migrations.every(({ up }, index) => {
      const other = back.migrations[index]?.up;
      return up !== undefined && other !== undefined && sameStatements(up, other);
    })
  );
}

function verified(
  { migrations, layout: source }: FolderReading,
  files: readonly ComposedFile[],
  back: FolderReading,
  left: readonly { readonly path: string; readonly reason: string }[],
  target: Layout,
): Converted {
  const { name: layout } = target;
  const outOfOrder = migrations.find(({ up }, index) => {
    const others = back.migrations.filter((_, at) => at !== index).map((other) => other.up);
    const own = back.migrations[index]?.up;
    if (!up || (own && sameStatements(up, own))) return false;
    return others.some((other) => other && sameStatements(up, other));
  });
  if (outOfOrder) {
    const problem = `${layout} would run ${outOfOrder.name} at another place: --renumber counts 1, 2, 3`;
    return { ok: false, problems: [problem] };
  }
  const problems = [
    ...back.ignored.map(({ file, reason }) => `${file.path} would be left out: ${reason}`),
    ...(back.malformed ?? []).map(malformedLine),
  ];
  for (const [index, migration] of migrations.entries()) {
    const other = back.migrations[index];
    for (const [direction, script, spelling] of [
      ["up", migration.up, other?.up],
      ["down", downOf(migration, source), other && downOf(other, target)],
    ] as const) {
      if (!script && !spelling) continue;
      const what = `the ${direction} of ${migration.name}`;
      if (!script || !spelling || !sameStatements(script, spelling))
        problems.push(`${layout} would read other statements as ${what}`);
      else if (!sameTransactions(script, spelling))
        problems.push(`${layout} has no way to say in which transactions ${what} runs`);
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, files, left };
}

function sameStatements(a: Script, b: Script): boolean {
  const [left, right] = [statementsOf(a), statementsOf(b)];
  return left.length === right.length && left.every((text, index) => text === right[index]);
}

function statementsOf({ file, start, end }: Script): string[] {
  const { text, statements, problem } = parseSql(withLineEnd(file.text.slice(start, end), "\n"));
  return problem ? [text.trim()] : statements.map((it) => text.slice(it.start, it.end));
}
