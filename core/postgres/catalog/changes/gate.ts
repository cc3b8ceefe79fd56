import { counted } from "./counters.ts";

/** Conditions: was a catalog written to, or deleted from, and do the `writes` that were found fall short of all? */
export interface Gate {
  written(catalog: string): string;
  deleted(catalog: string): string;
  /** How many rows were written. */
  rows(catalog: string): string;
  /** How many rows were deleted; null where that is not known. */
  deletedRows(catalog: string): string;
  /** Of neighbours in the order of counting. */
  anyWritten(catalogs: readonly string[]): string;
  readonly anyDeleted: string;
  /** Nothing but what is counted can be missing. */
  readonly countable: string;
  short(catalog: string, writes: string): string;
}

export const counterGate: Gate = {
  written: (catalog) => `_written[${place(catalog)}] <> _was_written[${place(catalog)}]`,
  deleted: (catalog) => `_deleted[${place(catalog)}] <> _was_deleted[${place(catalog)}]`,
  rows: (catalog) => `(_written[${place(catalog)}] - _was_written[${place(catalog)}])`,
  deletedRows: (catalog) => `(_deleted[${place(catalog)}] - _was_deleted[${place(catalog)}])`,
  anyWritten: (neighbours) => {
    const places = neighbours.map(place);
    const slice = `[${Math.min(...places)}:${Math.max(...places)}]`;
    return `_written${slice} <> _was_written${slice}`;
  },
  anyDeleted: "_deleted <> _was_deleted",
  countable: "_alone",
  short: (catalog, writes) => `(not _alone or ${writes} < ${counterGate.rows(catalog)})`,
};

/** Where nothing is counted everything may have changed. */
export const openGate: Gate = {
  written: () => "true",
  deleted: () => "true",
  rows: () => "0",
  deletedRows: () => "null",
  anyWritten: () => "true",
  anyDeleted: "true",
  countable: "false",
  short: () => "true",
};

/** A row that was written since the last reading. */
export function young(alias: string): string {
  return `age(${alias}.xmin) <= _young`;
}

function place(catalog: string): number {
  return counted.indexOf(catalog) + 1;
}
