import { commonKinds, rareKinds } from "../kinds.ts";
import { marks } from "./marks.ts";

/** Every system catalog that has a part of a definition. Their statistics say which ones were written to. */
export const counted: readonly string[] = [
  ...new Set([
    ...marks.map((mark) => mark.from),
    ...[...commonKinds, ...rareKinds].flatMap((reader) => reader.sources),
    "pg_depend",
    "pg_description",
  ]),
];

/** Rows written (inserted or updated) and deleted, per catalog of `counted`. Work that was undone counts too. */
export interface Counters {
  readonly written: readonly number[];
  readonly deleted: readonly number[];
}

/** Which catalogs changed between two readings. */
export class Moved {
  readonly #before: Counters | undefined;
  readonly #now: Counters | undefined;

  /** Where a reading has no counters everything may have changed. */
  constructor(before: Counters | undefined, now: Counters | undefined) {
    this.#before = before;
    this.#now = now;
  }

  written(catalog: string): boolean {
    return this.#differ("written", catalog);
  }

  deleted(catalog: string): boolean {
    return this.#differ("deleted", catalog);
  }

  any(catalogs: readonly string[]): boolean {
    return catalogs.some((catalog) => this.written(catalog) || this.deleted(catalog));
  }

  /** Rows written to a catalog, undone ones included; undefined where that is not known. */
  rowsWritten(catalog: string): number | undefined {
    const i = counted.indexOf(catalog);
    const before = this.#before?.written[i];
    const now = this.#now?.written[i];
    return before === undefined || now === undefined ? undefined : now - before;
  }

  #differ(what: "written" | "deleted", catalog: string): boolean {
    if (!this.#before || !this.#now) return true;
    const i = counted.indexOf(catalog);
    return this.#before[what][i] !== this.#now[what][i];
  }
}
