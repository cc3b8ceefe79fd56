import type { Session } from "../../session.ts";
import { commonKinds } from "../kinds.ts";
import { type ReadRow, toReadRow } from "../read-kind.ts";
import { callChangeFunction } from "./change-function.ts";
import { unpacked } from "./column-ids.ts";
import { type Counters, Moved } from "./counters.ts";
import { IdSet } from "./ids.ts";
import { type AskOptions, type Moment, toMoment } from "./moment.ts";

export interface WhatMoved {
  readonly moment: Moment;
  readonly moved: Moved;
  /** Objects with a row that was written, and what is printed from parse trees over them. */
  readonly dirty: IdSet;
  /** What the dirty ones of common kinds are now; those that have no row here are no objects (any more). */
  readonly rows: readonly ReadRow[];
  /** Oids that are left, for the catalogs from which rows were deleted. */
  readonly alive: ReadonlyMap<string, ReadonlySet<string>>;
  /** What has a comment; absent where no comment was removed. */
  readonly commented: IdSet | undefined;
  /** Where columns may have been written that were not found: how often any was, how many were, those with a value for older rows. */
  readonly unsure: { readonly written: number; readonly found: number; readonly missing: IdSet } | undefined;
  /** Number of members of extensions, and how many are new; absent where none can have changed. */
  readonly members: { readonly count: number; readonly recent: number } | undefined;
}

/** `printed`: whether anything known is printed from a parse tree. `large`: from how many pages on
 * a catalog is large, so that something may remain unsure. */
export async function askWhatMoved(
  session: Session,
  options: AskOptions,
  before: Moment,
  printed: boolean,
  large: number,
): Promise<WhatMoved> {
  const answer = await session.query(callChangeFunction, [
    before.boundary,
    String(before.alone),
    ...countersText(before.counters),
    String(printed),
    large,
  ]);
  let moment = before;
  let members: WhatMoved["members"];
  let unsure: WhatMoved["unsure"];
  const dirty = new IdSet();
  const commented = new IdSet();
  const rows: ReadRow[] = [];
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
    } else if (what === "alive") alive.set(first ?? "", new Set(list(second)));
    else if (what === "commented") {
      commented.add({ catalog: first ?? "", oid: second ?? "", sub: Number(fields[2]) });
    } else if (what === "unsure") {
      const missing = new IdSet(list(fields[2]).map(unpacked));
      unsure = { written: Number(first), found: Number(second), missing };
    } else if (what === "members") members = { count: Number(first), recent: Number(second) };
  }
  const moved = new Moved(before.counters, moment.counters);
  return {
    moment,
    moved,
    dirty,
    rows,
    alive,
    commented: moved.deleted("pg_description") ? commented : undefined,
    unsure,
    members,
  };
}

function countersText(counters: Counters | undefined): [string, string] {
  return counters ? [`{${counters.written}}`, `{${counters.deleted}}`] : ["{}", "{}"];
}

function list(text: string | null | undefined): string[] {
  return text ? text.split(",") : [];
}
