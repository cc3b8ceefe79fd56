import type { RangeVar } from "@pgsql/types";
import { keyOf } from "../../catalog/model.ts";
import { lastPart, qualify } from "../../catalog/quote-identifier.ts";
import type { StatementContext } from "../rule.ts";

/** The columns of each unique key of a table. */
export type UniqueKeys = (table: RangeVar) => readonly (readonly string[])[];

export function uniqueKeys({ catalog, outcome }: Pick<StatementContext, "catalog" | "outcome">): UniqueKeys {
  return ({ schemaname, relname = "" }) => {
    const written = outcome.effects.find(
      ({ action, key }) => action === "write" && lastPart(key) === relname && key.startsWith("table "),
    );
    const table =
      schemaname === undefined && written
        ? written.key
        : keyOf("table", qualify(schemaname ?? "public", relname));
    if (!catalog.has(table)) return [];
    return [...catalog.childrenOf(table)].flatMap((child) => {
      if (child.kind === "constraint")
        return child.attributes.type === "primary key" || child.attributes.type === "unique"
          ? [child.attributes.columns]
          : [];
      return child.kind === "index" && child.attributes.unique && child.attributes.predicate === undefined
        ? [child.attributes.columns]
        : [];
    });
  };
}
