import type { ColumnRef, RangeVar } from "@pgsql/types";
import { type Relation, strings } from "../relations.ts";

export interface OutputColumn {
  readonly name: string;
  /** As format_type prints it, where it can be told. */
  readonly type?: string | undefined;
}

/** Something in FROM: a relation, a subquery, a common table expression. */
export interface Source {
  readonly alias: string;
  readonly relation?: Relation | undefined;
  /** Where the query names the relation. */
  readonly range?: RangeVar;
  /** Undefined: not known, any name may be meant. */
  readonly columns: readonly OutputColumn[] | undefined;
}

/** What names may mean, the innermost query first. */
export type Scopes = readonly (readonly Source[])[];

/** Which source a column reference means: the innermost scope that has it. */
export function resolve(reference: ColumnRef, scopes: Scopes): { source: Source; name: string } | undefined {
  const names = strings(reference.fields);
  const name = names.at(-1) ?? "";
  const qualifier = names.at(-2);
  for (const sources of scopes) {
    for (const source of sources) {
      if (qualifier !== undefined) {
        if (source.alias === qualifier) return { source, name };
      } else if (source.columns?.some((column) => column.name === name)) return { source, name };
    }
  }
  return undefined;
}

export function named(name: string): OutputColumn {
  return { name };
}

export function renamed(
  columns: readonly OutputColumn[] | undefined,
  names: readonly string[],
): readonly OutputColumn[] | undefined {
  return columns?.map((column, index) => ({ ...column, name: names[index] ?? column.name }));
}
