import type { Table } from "./table-facts.ts";

/** Tables so that each stands behind those that it refers to; in a cycle, the one with the fewest such comes first. */
export function insertOrder(tables: readonly Table[]): Table[] {
  const waiting = new Map(tables.map((table) => [table.oid, table]));
  const ordered: Table[] = [];
  while (waiting.size > 0) {
    const open = (table: Table) => openReferences(table, waiting);
    const ready = [...waiting.values()].filter((table) => open(table) === 0);
    const next =
      ready.length > 0 ? ready : [...waiting.values()].sort((a, b) => open(a) - open(b)).slice(0, 1);
    for (const table of next) {
      waiting.delete(table.oid);
      ordered.push(table);
    }
  }
  return ordered;
}

/** References to tables that are not filled yet, and that cannot be left empty. */
function openReferences({ oid, columns, foreignKeys }: Table, waiting: ReadonlyMap<string, Table>): number {
  const nullable = new Set(columns.filter((column) => column.nullable).map(({ name }) => name));
  return foreignKeys
    .filter(({ table }) => table !== oid && waiting.has(table))
    .reduce((sum, { columns }) => sum + (columns.some((name) => nullable.has(name)) ? 0.001 : 1), 0);
}
