import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import type { ListEdit, MigrationList } from "./layout.ts";

interface Entry {
  readonly idx?: number;
  readonly version?: string;
  readonly when?: number;
  readonly tag?: string;
  readonly breakpoints?: boolean;
}

/** `meta/_journal.json`: Drizzle runs the files that it lists, and those alone. An entry's tag is a file's name. */
export const drizzleJournal: MigrationList = {
  file: "meta/_journal.json",
  empty: `${JSON.stringify({ version: "7", dialect: "postgresql", entries: [] }, undefined, 2)}\n`,
  names: (text) => entriesIn(text)?.map(({ tag }) => `${tag}.sql`),
  withNew(text, name, now) {
    const entries = entriesIn(text);
    const node = entriesNode(text);
    if (!entries || !node) return [];
    const last = entries.at(-1);
    const entry: Entry = {
      idx: entries.length,
      version: last?.version ?? "7",
      // A database applies what is newer than the newest that it has.
      when: Math.max(now.getTime(), ...entries.map(({ when = 0 }) => when + 1)),
      tag: tagOf(name),
      breakpoints: last?.breakpoints ?? true,
    };
    return [insertion(node, entry)];
  },
  withName(text, from, to, base = "") {
    const index = entriesIn(text)?.findIndex(({ tag }) => tag === tagOf(from)) ?? -1;
    const newest = Math.max(...(entriesIn(base)?.map(({ when = 0 }) => when) ?? []));
    const [when, tag] = ["when", "tag"].map((name) => valueAt(text, ["entries", index, name]));
    return [
      // A database that has the newest of the base branch would pass it over.
      ...(when && Number(when.value) <= newest ? [replacement(when, newest + 1 + index)] : []),
      ...(tag ? [replacement(tag, tagOf(to))] : []),
    ];
  },
};

function replacement({ offset, length }: Node, value: number | string): ListEdit {
  return { start: offset, end: offset + length, text: JSON.stringify(value) };
}

function tagOf(name: string): string {
  return name.replace(/\.sql$/, "");
}

function entriesIn(text: string): readonly Entry[] | undefined {
  try {
    const { entries } = JSON.parse(text) as { entries?: readonly Entry[] };
    return Array.isArray(entries) ? entries : undefined;
  } catch {
    return undefined;
  }
}

function entriesNode(text: string): Node | undefined {
  return valueAt(text, ["entries"]);
}

function valueAt(text: string, path: readonly (string | number)[]): Node | undefined {
  const tree = parseTree(text);
  return tree && findNodeAtLocation(tree, [...path]);
}

/** Behind the last entry, laid out as Drizzle Kit does: two blanks for each level. */
function insertion(entries: Node, entry: Entry): ListEdit {
  const written = JSON.stringify(entry, undefined, 2).replaceAll("\n", "\n    ");
  const last = entries.children?.at(-1);
  const end = entries.offset + entries.length;
  if (!last) return { start: entries.offset, end, text: `[\n    ${written}\n  ]` };
  const behind = last.offset + last.length;
  return { start: behind, end: behind, text: `,\n    ${written}` };
}
