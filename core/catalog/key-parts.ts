import type { ObjectKey } from "./model.ts";
import { plainName } from "./plain-name.ts";

const twoWords =
  /^(?:materialized view|event trigger|default privileges|operator class|operator family|foreign-data wrapper|user mapping|text search \w+|access method|large object) /;

/** The name in an object's key. */
export function nameIn(key: ObjectKey): string {
  const kind = twoWords.exec(key)?.[0].length ?? key.indexOf(" ") + 1;
  return key.slice(kind);
}

/** The kind in an object's key. */
export function kindIn(key: ObjectKey): string {
  return key.slice(0, key.length - nameIn(key).length - 1);
}

/** As a sentence names the object: `table users`. */
export function describeKey(key: ObjectKey): string {
  return `${kindIn(key)} ${plainName(nameIn(key))}`;
}

/** The table of a column; other keys stay as they are. */
export function tableOf(key: ObjectKey): ObjectKey {
  return key.replace(/^column (.+)\.(?:"(?:[^"]|"")*"|[^."]+)$/, "table $1");
}
