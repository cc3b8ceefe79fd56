import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { Session } from "../../postgres/session.ts";
import { literal } from "../../sql/literal.ts";
import { candidateValues, isDoubtful, type Types, underDomains } from "./candidate-values.ts";
import { conditionHints, type Hints } from "./condition-hints.ts";
import { satisfyingValues, type Values } from "./satisfying-values.ts";
import { soundValues } from "./sound-values.ts";
import type { Column, Condition, Table } from "./table-facts.ts";

/** What a value search came to: values for every column, or why there are none. */
export type RowValues =
  | { readonly ok: true; readonly values: Values }
  | { readonly ok: false; readonly reason: string };

/** What a table may refer to. */
export interface Neighbours {
  /** `public.users` */
  nameOf(table: string): string;
  /** Rows that a table has: texts of these columns. */
  rows(table: string, columns: readonly string[]): Promise<readonly (readonly string[])[]>;
  /** In a cycle: expressions that a table which is filled later will have in row `n`. */
  foreseen(table: string, columns: readonly string[], n: number): readonly string[] | undefined;
}

/** Finds the values of row `n` of a table. `used`: what earlier rows took, by column, to be tried last. */
export async function rowValues(
  session: Session,
  types: Types,
  table: Table,
  n: number,
  used: ReadonlyMap<string, ReadonlySet<string>>,
  neighbours: Neighbours,
): Promise<RowValues> {
  const conditions = [
    ...table.conditions,
    ...table.columns.flatMap((column) => domainConditions(types, column)),
  ];
  const hints = hintsByColumn(conditions);
  const candidates = new Map<string, readonly string[]>();
  for (const column of table.columns) {
    // Rows repeat themselves wherever they may: a UNIQUE that comes later meets what the schema has allowed.
    // A type with a few values is left with as many of them as there are rows.
    const different = column.unique || underDomains(types, column.type, -1).type?.kind === "e";
    const own = candidateValues(types, column, different ? n : Math.min(n, 2), hints.get(column.name));
    const taken = column.unique ? used.get(column.name) : undefined;
    const fresh = own.filter((value) => !taken?.has(value));
    const values = [...fresh, ...own.filter((value) => taken?.has(value))];
    if (column.defaultSql !== "") values.push(`(${column.defaultSql})::${column.typeName}`);
    if (column.nullable) values.push(`NULL::${column.typeName}`);
    candidates.set(column.name, isDoubtful(types, column.type) ? await soundValues(session, values) : values);
  }
  const missing = await assignReferences(table, n, candidates, neighbours);
  if (missing) return { ok: false, reason: missing };
  for (const [name, values] of candidates) {
    if (values.length > 0) continue;
    const column = table.columns.find((it) => it.name === name);
    return { ok: false, reason: `no value is known for its column ${name} of type ${column?.typeName}` };
  }

  const values = new Map([...candidates].map(([name, [first]]) => [name, first ?? "NULL"]));
  for (const group of groupsOf(conditions)) {
    const columns = group.columns.filter((name) => candidates.has(name));
    if (columns.length === 0) continue;
    const choice = new Map(columns.map((name) => [name, candidates.get(name) ?? []]));
    const found = await satisfyingValues(session, choice, group.conditions);
    if (!found) {
      const named = group.conditions.map(({ name }) => name);
      return { ok: false, reason: `no values were found that satisfy ${[...new Set(named)].join(", ")}` };
    }
    for (const [name, value] of found) values.set(name, value);
  }
  return { ok: true, values };
}

/** Columns of foreign keys take what the other table has. Returns why that cannot be. */
async function assignReferences(
  table: Table,
  n: number,
  candidates: Map<string, readonly string[]>,
  neighbours: Neighbours,
): Promise<string | undefined> {
  const assigned = new Map<string, string>();
  for (const key of table.foreignKeys) {
    const optional = key.columns.filter(
      (name) => !assigned.has(name) && table.columns.some((it) => it.name === name && it.nullable),
    );
    const rows = (await neighbours.rows(key.table, key.refers)).filter((row) =>
      key.columns.every((name, place) => (assigned.get(name) ?? row[place]) === row[place]),
    );
    const row = rows[(n - 1) % Math.max(1, rows.length)];
    if (row) {
      for (const [place, name] of key.columns.entries()) {
        assigned.set(name, row[place] ?? "");
        const shared = table.foreignKeys.some((it) => it !== key && it.columns.includes(name));
        const others = key.columns.length === 1 && !shared ? rows.map(([text = ""]) => text) : [];
        const values = [...new Set([row[place] ?? "", ...others])].map((text) =>
          textValue(table, name, text),
        );
        const empty = optional.includes(name) ? [`NULL::${typeOf(table, name)}`] : [];
        candidates.set(name, [...values, ...empty]);
      }
    } else if (key.table === table.oid) {
      // The first row refers to itself, as far as its own key allows it.
      for (const [place, name] of key.columns.entries()) {
        if (optional.includes(name)) candidates.set(name, [`NULL::${typeOf(table, name)}`]);
        else if (!assigned.has(name)) candidates.set(name, candidates.get(key.refers[place] ?? "") ?? []);
      }
    } else if (optional.length > 0) {
      for (const name of optional) candidates.set(name, [`NULL::${typeOf(table, name)}`]);
    } else {
      const later = neighbours.foreseen(key.table, key.refers, n);
      if (!later) return `${neighbours.nameOf(key.table)}, which it refers to, has no rows that fit`;
      for (const [place, name] of key.columns.entries()) candidates.set(name, later.slice(place, place + 1));
    }
  }
  return undefined;
}

function textValue(table: Table, column: string, text: string): string {
  return `${literal(text)}::${typeOf(table, column)}`;
}

function typeOf(table: Table, name: string): string {
  return table.columns.find((column) => column.name === name)?.typeName ?? "text";
}

function domainConditions(types: Types, { name, type, modifier }: Column): Condition[] {
  return underDomains(types, type, modifier).conditions.map((sql) => ({
    name: `the domain of ${name}`,
    sql: sql.replaceAll(/\bVALUE\b/g, quoteIdentifier(name)),
    columns: [name],
  }));
}

function hintsByColumn(conditions: readonly Condition[]): Map<string, Hints> {
  const hints = new Map<string, Hints>();
  for (const { sql, columns, bodies = "" } of conditions) {
    const found = conditionHints(`${sql} ${bodies}`);
    for (const name of columns) {
      const known = hints.get(name);
      hints.set(name, {
        texts: [...(known?.texts ?? []), ...found.texts],
        numbers: [...(known?.numbers ?? []), ...found.numbers],
        keys: [...new Set([...(known?.keys ?? []), ...found.keys])],
      });
    }
  }
  return hints;
}

interface Group {
  columns: string[];
  conditions: Condition[];
}

/** Conditions that share a column have to be met together. */
function groupsOf(conditions: readonly Condition[]): Group[] {
  let groups: Group[] = [];
  for (const condition of conditions) {
    const own = groups.filter((group) => group.columns.some((name) => condition.columns.includes(name)));
    const columns = new Set([...own.flatMap((group) => group.columns), ...condition.columns]);
    const merged = { columns: [...columns], conditions: [...own.flatMap((it) => it.conditions), condition] };
    groups = [...groups.filter((group) => !own.includes(group)), merged];
  }
  return groups;
}
