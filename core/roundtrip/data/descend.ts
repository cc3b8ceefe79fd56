import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { Session } from "../../postgres/session.ts";
import type { Choice, Values } from "./satisfying-values.ts";
import type { Condition } from "./table-facts.ts";
import { tryQuery } from "./try-query.ts";

export function firstOf(columns: Choice): Choice {
  return columns.map(([name, values]) => [name, values.slice(0, 1)] as const);
}

/** From the first of all, and from the last of all, to values that meet more conditions, a column at a time. */
export async function descend(
  session: Session,
  columns: Choice,
  conditions: readonly Condition[],
): Promise<Values | undefined> {
  for (const start of [
    firstOf(columns),
    columns.map(([name, values]) => [name, values.slice(-1)] as const),
  ]) {
    let current: Choice = start;
    for (let left = Number.POSITIVE_INFINITY; left > 0; ) {
      const step = await bestStep(session, current, columns, conditions);
      if (!step || step.broken >= left) break;
      left = step.broken;
      current = current.map(
        ([name, values]) => [name, step.column === name ? [step.value] : values] as const,
      );
      if (left === 0) return new Map(current.map(([name, [value]]) => [name, value ?? "NULL"]));
    }
  }
  return undefined;
}

/** The change of one column after which the fewest conditions are broken. */
async function bestStep(
  session: Session,
  current: Choice,
  columns: Choice,
  conditions: readonly Condition[],
): Promise<{ readonly column: string; readonly value: string; readonly broken: number } | undefined> {
  const steps = columns.flatMap(([column, values]) =>
    values.slice(0, 30).map((value) => ({ column, value })),
  );
  const rows = steps.map(
    (step, place) =>
      `(${place}, ${current.map(([name, [value]]) => (name === step.column ? step.value : value)).join(", ")})`,
  );
  const names = columns.map(([name]) => quoteIdentifier(name));
  const broken = conditions.map(({ sql }) => `((${sql}) IS FALSE)::int`).join(" + ");
  const found = await tryQuery(
    session,
    `SELECT switchback_place, ${broken} FROM (VALUES ${rows.join(", ")}) AS c (switchback_place, ${names.join(", ")})
      ORDER BY 2, 1 LIMIT 1`,
  );
  const step = found === "error" ? undefined : steps[Number(found?.[0])];
  return step && found !== "error" ? { ...step, broken: Number(found?.[1]) } : undefined;
}
