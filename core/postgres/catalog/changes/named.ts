/**
 * Rows that lie anywhere in a catalog are found by what the scripts name: their words are looked up as names of
 * relations, and where a row belongs to one of those an index leads to it. A word too many costs little, and what no
 * word names (a statement that was put together, a dependent) is found by looking at the whole catalog.
 */

/** Longer scripts hold data; a catalog is read sooner than all that is looked up. */
const longest = 50_000;
const most = 400;

/** Words of SQL as PostgreSQL would read them where they are names; none where they are too many. */
export function namesIn(scripts: readonly string[]): readonly string[] {
  const names = new Set<string>();
  for (const text of scripts) {
    if (text.length > longest) return [];
    for (const [word] of text.matchAll(/"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*/gu)) {
      names.add(word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : folded(word));
    }
    if (names.size > most) return [];
  }
  return [...names];
}

/** Letters beyond ASCII stay as they are (downcase_identifier, src/backend/parser/scansup.c). */
function folded(word: string): string {
  return word.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Sets the variable with the relations that the scripts name, their indexes and their children, where it is not yet. */
export const nameRelations = `if _named is null then
        _named := array(select c.oid from pg_class c where c.relname = any(_names));
        _named := _named || array(select i.indexrelid from pg_index i where i.indrelid = any(_named)
          union all select i.inhrelid from pg_inherits i where i.inhparent = any(_named));
      end if;`;

const rowTypes = `array(select c.reltype from pg_class c where c.oid = any(_named)
        union select t.typarray from pg_class c join pg_type t on t.oid = c.reltype where c.oid = any(_named)
        union select t.oid from pg_type t where t.typname = any(_names))`;

/** Which rows of a catalog, as `x`, belong to what is named: of those that grow with the schema. */
export const namedRows: Readonly<Record<string, string>> = {
  pg_index: "x.indrelid = any(_named)",
  pg_attrdef: "x.adrelid = any(_named)",
  pg_constraint: "x.conrelid = any(_named)",
  pg_type: `x.oid = any(${rowTypes})`,
  pg_proc: "x.proname = any(_names)",
};
