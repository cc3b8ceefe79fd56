import fc from "fast-check";

/** Texts of a folder by path: what an editor has open. */
export type Texts = ReadonlyMap<string, string>;

/** One change to a folder; numbers pick files and places, whatever there is by then. */
export interface Change {
  readonly act: (typeof acts)[number];
  readonly file: number;
  readonly other: number;
  readonly place: number;
}

const acts = ["comment", "write", "delete-line", "cut", "copy", "swap", "remove", "add", "rename"] as const;

const halfWritten = [
  "ALTER TABLE",
  "CREATE INDEX i ON",
  "DROP TABLE shop.customers",
  "INSERT INTO a (",
  "DO $$",
];

export const anyChange: fc.Arbitrary<Change> = fc.record({
  act: fc.constantFrom(...acts),
  file: fc.nat(10_000),
  other: fc.nat(10_000),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** The folder after a change, as somebody who writes migrations might make it. */
export function changed(texts: Texts, { act, file, other, place }: Change): Texts {
  const paths = [...texts.keys()].sort();
  const [path, second] = [paths[file % paths.length], paths[other % paths.length]];
  if (path === undefined || second === undefined) return texts;
  const next = new Map(texts);
  const text = texts.get(path) ?? "";
  const at = Math.floor(place * text.length);
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  switch (act) {
    case "comment":
      return next.set(path, `${text.slice(0, lineStart)}-- a remark\n${text.slice(lineStart)}`);
    case "write": {
      const half = halfWritten[other % halfWritten.length];
      return next.set(path, `${text.slice(0, lineStart)}${half}\n${text.slice(lineStart)}`);
    }
    case "delete-line": {
      const lineEnd = text.indexOf("\n", at);
      return next.set(path, text.slice(0, lineStart) + (lineEnd < 0 ? "" : text.slice(lineEnd + 1)));
    }
    case "cut":
      return next.set(path, text.slice(0, at));
    case "copy":
      return next.set(path, texts.get(second) ?? "");
    case "swap":
      return next.set(path, texts.get(second) ?? "").set(second, text);
    case "remove":
      next.delete(path);
      return next;
    case "add": {
      const version = String(Math.ceil(place * 400)).padStart(6, "0");
      return next.set(`migrations/${version}_added.${path.endsWith("down.sql") ? "down" : "up"}.sql`, text);
    }
    case "rename":
      next.delete(path);
      return next.set(path.replace(/_\w+\./, `_renamed${other}.`), text);
  }
}
