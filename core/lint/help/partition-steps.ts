import type { CatalogObject } from "../../catalog/model.ts";
import type { CatalogView } from "../../catalog/past-catalog.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { qualify, splitQualified } from "../../catalog/quote-identifier.ts";
import type { ExistingTable } from "../facts/existing-table.ts";
import { freeName } from "./free-name.ts";
import type { Step } from "./steps.ts";

/** An index, or a constraint with one, that a partitioned table is to have. */
export interface WantedIndex {
  /** In quotes where SQL wants them. */
  readonly name: string;
  /** Columns and label of the names that partitions have: `["email"]` and `key`. */
  readonly columns: readonly string[];
  readonly label: string;
  /** `CREATE UNIQUE INDEX` */
  readonly create: string;
  /** What follows the table. */
  readonly rest: string;
  /** `UNIQUE`, `PRIMARY KEY`: the index belongs to a constraint, which the whole has with this definition. */
  readonly constraint?: { readonly type: string; readonly definition: string; readonly suffix: string };
}

/**
 * CONCURRENTLY is not possible on the whole, but on each of its partitions: what the index of the whole is, without the
 * builds, and what one partition (the first, and all that are above it) does for it. Undefined without a partition.
 */
export function partitionSteps(
  catalog: CatalogView,
  whole: ExistingTable,
  wanted: WantedIndex,
): readonly Step[] | undefined {
  const path = pathToLeaf(catalog, whole.key);
  const leaf = path.at(-1);
  if (leaf === undefined) return undefined;
  const names = new Map([[whole.key, wanted.name]]);
  for (const key of path)
    names.set(key, freeName(catalog, key.slice("table ".length), wanted.columns, wanted.label));
  const nameOf = (key: string) => names.get(key) ?? "";
  const { create, rest, constraint } = wanted;
  const alone = [whole.key, ...path.slice(0, -1)].map((key) =>
    constraint
      ? `ALTER TABLE ONLY ${tableOf(key)} ADD CONSTRAINT ${nameOf(key)} ${constraint.definition};`
      : `${create} ${nameOf(key)} ON ONLY ${tableOf(key)} ${rest};`,
  );
  const adopts =
    constraint &&
    `ALTER TABLE ${tableOf(leaf)} ADD CONSTRAINT ${nameOf(leaf)} ${constraint.type} USING INDEX ${nameOf(leaf)}${constraint.suffix};`;
  const attached = path
    .map((key, index) => ({ key, above: path[index - 1] ?? whole.key }))
    .toReversed()
    .map(
      ({ key, above }) =>
        `ALTER INDEX ${beside(above, nameOf(above))} ATTACH PARTITION ${beside(key, nameOf(key))};`,
    );
  return [
    { words: "here, which builds nothing", sql: alone },
    {
      words: `then for each partition, as for ${tableOf(leaf)}, the build alone in a migration of its own`,
      sql: [
        `${create} CONCURRENTLY ${nameOf(leaf)} ON ${tableOf(leaf)} ${rest};`,
        ...(adopts === undefined ? [] : [adopts]),
        ...attached,
      ],
    },
  ];
}

/** Keys of the first partition, of the first of its own where it has such, and so on. */
function pathToLeaf(catalog: CatalogView, whole: string): string[] {
  const path: string[] = [];
  for (let key: string | undefined = whole; key !== undefined; ) {
    const parent: string = key.slice("table ".length);
    const next: CatalogObject | undefined = [...catalog.dependentsOf(key)].find(
      (it) => it.kind === "table" && it.attributes.partitionOf === parent,
    );
    key = next && `table ${next.name}`;
    if (key !== undefined) path.push(key);
  }
  return path;
}

function tableOf(key: string): string {
  return plainName(key.slice("table ".length));
}

/** An index lies in the schema of its table. `name` is in quotes where it needs them. */
function beside(key: string, name: string): string {
  const schema = splitQualified(key.slice("table ".length)).slice(0, -1);
  return plainName(qualify(...schema, ...splitQualified(name)));
}
