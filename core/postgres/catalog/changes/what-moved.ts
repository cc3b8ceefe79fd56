import type { Session } from "../../session.ts";
import { commonKinds } from "../kinds.ts";
import { type ReadRow, toReadRow } from "../read-kind.ts";
import { callChangeFunction } from "./change-function.ts";
import { unpacked } from "./column-ids.ts";
import { type Counters, Moved } from "./counters.ts";
import { type Id, IdSet } from "./ids.ts";
import { listed } from "./marks.ts";
import { type AskOptions, type Moment, toMoment } from "./moment.ts";

export interface WhatMoved {
  readonly moment: Moment;
  readonly moved: Moved;
  /** Objects with a row that was written, and what is printed from parse trees over them. */
  readonly dirty: IdSet;
  /** Rows that were written and are no objects. */
  readonly unread: readonly Id[];
  /** What the dirty ones of common kinds are now; those that have no row here are no objects (any more). */
  readonly rows: readonly ReadRow[];
  /** For catalogs from which nothing was deleted but what the last reading found to be written: the oids of that. */
  readonly gone: ReadonlyMap<string, readonly string[]>;
  /** For the others from which rows were deleted: oids that are left. */
  readonly alive: ReadonlyMap<string, ReadonlySet<string>>;
  /** What has a comment; absent where no comment was removed. */
  readonly commented: IdSet | undefined;
  /** Where columns may have been written that were not found. */
  readonly unsure: Unsure | undefined;
  /** Number of members of extensions, and how many are new; absent where none can have changed. */
  readonly members: { readonly count: number; readonly recent: number } | undefined;
}

export interface Unsure {
  /** How often any column was written. */
  readonly written: number;
  /** How many were found. */
  readonly found: number;
  /** Those of them with a value for older rows. */
  readonly missing: IdSet;
  /** Those whose default was written. */
  readonly defaults: IdSet;
}

export interface LastReading {
  readonly moment: Moment;
  /** What it found to be written: where the next script takes back the last one, that is what is gone. */
  readonly written: Iterable<Id>;
  /** Whether anything known is printed from a parse tree. */
  readonly printed: boolean;
}

/**
 * `names`: words of the scripts that ran since the last reading. `large`: from how many pages on a catalog is large, so
 * that something may remain unsure.
 */
export async function askWhatMoved(
  session: Session,
  options: AskOptions,
  last: LastReading,
  names: readonly string[],
  large: number,
): Promise<WhatMoved> {
  const before = last.moment;
  const answer = await session.query(callChangeFunction, [
    before.boundary,
    String(before.alone),
    ...countersText(before.counters),
    before.newest,
    String(last.printed),
    large,
    suspectsText(last.written),
    namesText(names),
  ]);
  let moment = before;
  let members: WhatMoved["members"];
  let unsure: WhatMoved["unsure"];
  const dirty = new IdSet();
  const commented = new IdSet();
  const unread: Id[] = [];
  const rows: ReadRow[] = [];
  const gone = new Map<string, readonly string[]>();
  const alive = new Map<string, ReadonlySet<string>>();
  for (const [what, ...fields] of answer) {
    const [first, second] = fields;
    if (what === "object") {
      const kind = commonKinds[Number(first)];
      if (kind) rows.push(toReadRow(kind, fields.slice(1)));
    } else if (what === "moment") moment = toMoment(fields, options);
    else if (what === "dirty") {
      for (const id of list(second)) {
        dirty.add(first === "pg_attribute" ? unpacked(id) : { catalog: first ?? "", oid: id, sub: 0 });
      }
    } else if (what === "unread") {
      for (const oid of list(second)) unread.push({ catalog: first ?? "", oid, sub: 0 });
    } else if (what === "gone") gone.set(first ?? "", list(second));
    else if (what === "alive") alive.set(first ?? "", new Set(list(second)));
    else if (what === "commented") {
      commented.add({ catalog: first ?? "", oid: second ?? "", sub: Number(fields[2]) });
    } else if (what === "unsure") {
      const columns = (text: string | null | undefined) => new IdSet(list(text).map(unpacked));
      const [missing, defaults] = [columns(fields[2]), columns(fields[3])];
      unsure = { written: Number(first), found: Number(second), missing, defaults };
    } else if (what === "members") members = { count: Number(first), recent: Number(second) };
  }
  const moved = new Moved(before.counters, moment.counters);
  return {
    moment,
    moved,
    dirty,
    unread,
    rows,
    gone,
    alive,
    commented: moved.deleted("pg_description") ? commented : undefined,
    unsure,
    members,
  };
}

function countersText(counters: Counters | undefined): [string, string] {
  return counters ? [`{${counters.written}}`, `{${counters.deleted}}`] : ["{}", "{}"];
}

/** Oids of each of `listed`. 0 says that there is none, as in a trigger that is of no constraint. */
function suspectsText(written: Iterable<Id>): string {
  const oids = new Map<string, string[]>(listed.map(({ catalog }) => [catalog, []]));
  for (const { catalog, oid } of written) if (oid !== "0") oids.get(catalog)?.push(oid);
  return `{${[...oids.values()].map((some) => `"{${some}}"`)}}`;
}

function namesText(names: readonly string[]): string {
  return `{${names.map((name) => `"${name.replace(/["\\]/g, "\\$&")}"`)}}`;
}

function list(text: string | null | undefined): string[] {
  return text ? text.split(",") : [];
}
