import type { Session } from "../../session.ts";
import { commonKinds } from "../kinds.ts";
import { type ReadRow, toReadRow } from "../read-kind.ts";
import { callForObjects } from "./change-function.ts";
import { packed } from "./column-ids.ts";
import type { Id } from "./ids.ts";
import { catalogs } from "./touched.ts";

/** Catalogs whose objects are read one by one. */
export const renderable: ReadonlySet<string> = new Set(catalogs);

/**
 * The definitions of some objects, by the change function: it has planned the statements for that. What is no object
 * (any more) has no row.
 */
export async function render(session: Session, ids: Iterable<Id>): Promise<ReadRow[]> {
  const chosen = new Map<string, (string | number)[]>(catalogs.map((catalog) => [catalog, []]));
  for (const id of ids) chosen.get(id.catalog)?.push(id.catalog === "pg_attribute" ? packed(id) : id.oid);
  const asked = [...chosen.values()].map((oids) => `"{${oids}}"`);
  const rows: ReadRow[] = [];
  for (const [what, reader, ...row] of await session.query(callForObjects, [`{${asked}}`])) {
    const kind = what === "object" ? commonKinds[Number(reader)] : undefined;
    if (kind) rows.push(toReadRow(kind, row));
  }
  return rows;
}
