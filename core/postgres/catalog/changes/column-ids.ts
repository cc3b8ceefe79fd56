import type { Id } from "./ids.ts";

/** A column as one number, which is easier to keep in a list: its relation, and its number, which may be negative. */
const width = 65_536;
const shift = 100;

export function packedSql(relation: string, number: string): string {
  return `(${relation}::int8 * ${width} + ${number} + ${shift})`;
}

export function unpackedSql(id: string): { readonly relation: string; readonly number: string } {
  return { relation: `(${id} / ${width})::oid`, number: `(${id} % ${width} - ${shift})::int2` };
}

export function packed({ oid, sub }: Id): number {
  return Number(oid) * width + sub + shift;
}

export function unpacked(text: string): Id {
  const id = Number(text);
  return {
    catalog: "pg_attribute",
    oid: String(Math.floor(id / width)),
    sub: (id % width) - shift,
  };
}
