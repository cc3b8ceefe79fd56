import type { ColumnConstraint } from "../columns.ts";
import { strings } from "../relations.ts";

/** A constraint of the table, or of the column that it was written behind. */
export type PendingConstraint =
  | ColumnConstraint
  | { readonly column?: undefined; readonly constraint: ColumnConstraint["constraint"] };

/** Keys over the same columns are one (transformIndexConstraints): the first stays, under the first name that was given. */
export function withoutTwins(pending: readonly PendingConstraint[]): PendingConstraint[] {
  const kept: PendingConstraint[] = [];
  for (const item of pending) {
    const { contype, conname } = item.constraint;
    const twin =
      contype === "CONSTR_UNIQUE" && conname === undefined
        ? kept.findIndex((other) => isTwinKey(other, item))
        : contype === "CONSTR_UNIQUE"
          ? kept.findIndex((other) => isTwinKey(other, item) && other.constraint.conname === undefined)
          : -1;
    const other = kept[twin];
    if (!other) kept.push(item);
    else if (conname !== undefined) kept[twin] = { ...other, constraint: { ...other.constraint, conname } };
  }
  return kept;
}

function isTwinKey(a: PendingConstraint, b: PendingConstraint): boolean {
  const keyed = (type: string | undefined) => type === "CONSTR_PRIMARY" || type === "CONSTR_UNIQUE";
  const columns = ({ column, constraint }: PendingConstraint) =>
    column === undefined ? strings(constraint.keys).join() : column;
  const same = ({
    deferrable,
    initdeferred,
    nulls_not_distinct,
    including,
  }: PendingConstraint["constraint"]) =>
    `${deferrable} ${initdeferred} ${nulls_not_distinct} ${strings(including).join()}`;
  return (
    keyed(a.constraint.contype) && columns(a) === columns(b) && same(a.constraint) === same(b.constraint)
  );
}
