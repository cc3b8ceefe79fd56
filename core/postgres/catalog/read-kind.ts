import type { CatalogObject, ObjectKey, ObjectKind } from "../../catalog/model.ts";
import type { Row, Session } from "../session.ts";
import { chooseAll, type KindReader, type ServerFacts } from "./kind.ts";

/** What a row of a kind's SQL says. */
export interface ReadRow {
  readonly reader: KindReader;
  readonly oid: string;
  /** Column number, or 0. */
  readonly sub: number;
  readonly name: string;
  /** The definition as it was read. */
  readonly text: string;
  /** Absent where the row is no object of its own. */
  readonly object?: CatalogObject;
}

export async function readServerFacts(session: Session): Promise<ServerFacts> {
  const [row] = await session.query(
    "select current_setting('server_version_num'), current_setting('is_superuser')",
  );
  return { major: Math.trunc(Number(row?.[0]) / 10_000), superuser: row?.[1] === "on" };
}

/** All objects of a kind. */
export async function readKind(
  session: Session,
  server: ServerFacts,
  reader: KindReader,
): Promise<ReadRow[]> {
  const rows = await session.query(chooseAll(reader.sql(server)));
  return rows.map((row) => toReadRow(reader, row));
}

/** `oid, sub, kind, name, parent, attributes` */
export function toReadRow(reader: KindReader, row: Row): ReadRow {
  const [oid, sub, kind, name, parent, attributes] = row;
  const known = { reader, oid: oid ?? "0", sub: Number(sub), name: name ?? "", text: attributes ?? "{}" };
  if (!kind) return known;
  return { ...known, object: toObject(kind, known.name, parent ?? undefined, known.text, known.sub) };
}

function toObject(
  kind: string,
  name: string,
  parent: ObjectKey | undefined,
  attributes: string,
  sub: number,
): CatalogObject {
  // What comes with a range type is no part of it: it has a name of its own.
  const madeByType = kind === "function" || kind === "cast";
  return {
    kind: kind as ObjectKind,
    name,
    ...(parent && !madeByType ? { parent } : {}),
    attributes: JSON.parse(attributes),
    dependsOn: parent && madeByType ? [{ on: parent, type: "internal" }] : [],
    ...(sub > 0 ? { position: sub } : {}),
  } as CatalogObject;
}
