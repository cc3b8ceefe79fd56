/** What of a server decides how its catalogs are to be read. */
export interface ServerFacts {
  /** 13 … 18 */
  readonly major: number;
  readonly superuser: boolean;
}

/**
 * How one kind of object is read. The SQL yields rows of `oid, sub, kind, name, parent, attributes`:
 * `sub` is a column number or 0, `attributes` JSON that fits `AttributesOf`, with nulls where PostgreSQL's default
 * holds. A row without a `kind` is known to the incremental reader only (a view's column, so that its renaming is
 * noticed). `{only x.oid}` stands where the objects to read are chosen by oid, for columns where their relations are, and
 * `{only x.relation x.number}` where columns are.
 */
export interface KindReader {
  /** System catalog whose oid identifies the object. */
  readonly catalog: string;
  /** Every system catalog that has a part of the definition. A change in one of them may be a change of the object. */
  readonly sources: readonly string[];
  readonly sql: (server: ServerFacts) => string;
  /** Where several kinds share a catalog: the column that tells them apart, and its values for this kind. */
  readonly forms?: { readonly column: string; readonly values: string };
  /** What is true of a row `x` of the catalog only where it may be of this kind, which is rare. */
  readonly when?: string;
}

/** The SQL for all objects of the kind. */
export function chooseAll(sql: string): string {
  return sql.replaceAll(chosen, "true");
}

/** The SQL for the objects whose oids are in an array, or the columns that a query yields: relation and number. */
export function chooseSome(sql: string, oids: string, columns: string): string {
  return sql.replaceAll(chosen, (_, oid: string, sub?: string) =>
    sub ? `(${oid}, ${sub}) in (${columns})` : `${oid} = any(${oids}::oid[])`,
  );
}

const chosen = /\{only ([\w.]+)(?: ([\w.]+))?\}/g;
