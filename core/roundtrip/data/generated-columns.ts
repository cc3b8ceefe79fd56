import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { Condition } from "./table-facts.ts";

/** A column that is computed from others. */
export interface Generated {
  readonly name: string;
  readonly typeName: string;
  readonly sql: string;
  readonly notNull: boolean;
  /** Those that it is computed from. */
  readonly columns: readonly string[];
}

/** Conditions over generated columns as such over what those are computed from, and that they can be computed at all. */
export function overGenerated(
  conditions: readonly Condition[],
  generated: readonly Generated[],
): readonly Condition[] {
  const computable = generated.map(({ name, sql, typeName, notNull, columns }) => ({
    name: `the expression of ${name}`,
    // What cannot fail would not be computed.
    sql: notNull ? `(${sql})::${typeName} IS NOT NULL` : `pg_catalog.num_nulls((${sql})::${typeName}) >= 0`,
    columns,
  }));
  return [...overSources(conditions, generated), ...computable];
}

/** Conditions over generated columns as such over what those are computed from. */
export function overSources(
  conditions: readonly Condition[],
  generated: readonly Generated[],
): readonly Condition[] {
  return conditions.map((condition) => {
    const used = generated.filter(({ name }) => condition.columns.includes(name));
    if (used.length === 0) return condition;
    const computed = used.map(
      ({ name, sql, typeName }) => `(${sql})::${typeName} AS ${quoteIdentifier(name)}`,
    );
    const plain = condition.columns.filter((name) => !used.some((it) => it.name === name));
    return {
      ...condition,
      sql: `(SELECT (${condition.sql}) FROM (SELECT ${computed.join(", ")}) AS switchback_generated)`,
      columns: [...new Set([...plain, ...used.flatMap(({ columns }) => columns)])],
    };
  });
}
