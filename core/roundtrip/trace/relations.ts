import type { Row, Session } from "../../postgres/session.ts";

/** A relation as it is committed: what the transaction that is being traced does to it does not show. */
export interface Relation {
  /** Kind in words: "table", "index". */
  readonly kind: string;
  /** `public.users` */
  readonly name: string;
  readonly file: FilePlace;
}

/** Where a relation's rows are; nothing where it has none. */
export interface FilePlace {
  /** Another one when the relation is written anew, and when it moves to another tablespace. */
  readonly name: string;
  /** That of its tablespace and database. */
  readonly folder: string;
}

/** @param path as `pg_relation_filepath` gives it: `base/16384/16401` */
export function filePlace(path: string): FilePlace {
  const slash = path.lastIndexOf("/");
  return { name: path.slice(slash + 1), folder: path.slice(0, Math.max(0, slash)) };
}

/** Relations that exist without the traced transaction, by oid. Those of the system, TOAST and temporary ones are left out. */
export interface Relations {
  /** Answers for these oids; what did not exist before is absent. */
  of(oids: readonly string[]): Promise<ReadonlyMap<string, Relation>>;
}

const select = `
select c.oid::text, c.relkind::text, pg_catalog.format('%I.%I', n.nspname, c.relname), pg_catalog.pg_relation_filepath(c.oid)
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname !~ '^pg_(toast|temp)' and c.oid >= 16384`;

const kinds: Readonly<Record<string, string>> = {
  r: "table",
  p: "table",
  f: "foreign table",
  v: "view",
  m: "materialized view",
  S: "sequence",
  i: "index",
  I: "index",
  c: "type",
};

/** Asks another session when it is needed: the cost does not grow with the schema. */
export function relationsSeenBy(other: Session): Relations {
  return {
    async of(oids) {
      const rows = await other.query(`${select} and c.oid = any ($1::pg_catalog.oid[])`, [
        `{${oids.join()}}`,
      ]);
      return new Map(rows.map((row) => [row[0] ?? "", relationOf(row)]));
    },
  };
}

/** All of them, read ahead: where there is no other session, or what is traced commits. */
export async function relationsNow(session: Session): Promise<Relations> {
  const rows = await session.query(select);
  const known = new Map(rows.map((row) => [row[0] ?? "", relationOf(row)]));
  return { of: () => Promise.resolve(known) };
}

function relationOf([, kind, name, path]: Row): Relation {
  return {
    kind: kinds[kind ?? ""] ?? "relation",
    name: name ?? "",
    file: filePlace(path ?? ""),
  };
}
