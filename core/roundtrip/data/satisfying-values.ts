import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import type { Session } from "../../postgres/session.ts";
import { descend, firstOf } from "./descend.ts";
import type { Condition } from "./table-facts.ts";
import { tryQuery } from "./try-query.ts";

/** SQL expressions for the columns of one row, by name. */
export type Values = ReadonlyMap<string, string>;

/**
 * Picks one candidate per column so that the conditions hold, the earlier ones first. The database evaluates them: it
 * knows its operators and the team's functions. Undefined where no combination of those tried does.
 * The session must be inside of a transaction.
 */
export async function satisfyingValues(
  session: Session,
  candidates: ReadonlyMap<string, readonly string[]>,
  conditions: readonly Condition[],
): Promise<Values | undefined> {
  const all = [...candidates];
  const first = await choose(session, firstOf(all), conditions);
  if (first !== "error" && first) return first;
  const most = Math.max(2, Math.floor(mostCombinations ** (1 / candidates.size)));
  const columns = all.map(([name, values]) => [name, withLast(values, most)] as const);
  // Two each of many columns are too many already.
  if (columns.length > mostColumns) return descend(session, all, conditions);
  const together = await choose(session, columns, conditions);
  if (together !== "error") return together ?? descend(session, all, conditions);
  // A condition raises an error on some value, such as a division by zero: then each combination by itself.
  for (const single of combinations(columns, mostSingles)) {
    const found = await choose(session, single, conditions);
    if (found !== "error" && found) return found;
  }
  return undefined;
}

/** The last of them is NULL wherever it may be, and no other stands for that. */
function withLast(values: readonly string[], most: number): readonly string[] {
  return values.length <= most ? values : [...values.slice(0, most - 1), ...values.slice(-1)];
}

/** Expressions for each column. */
export type Choice = readonly (readonly [string, readonly string[]])[];

async function choose(
  session: Session,
  columns: Choice,
  conditions: readonly Condition[],
): Promise<Values | undefined | "error"> {
  const from = columns.map(([name, values], index) => {
    const rows = values.map((value, place) => `(${place}, ${value})`);
    return `(VALUES ${rows.join(", ")}) AS c${index} (switchback_${index}, ${quoteIdentifier(name)})`;
  });
  const places = columns.map((_, index) => `switchback_${index}`);
  const where = conditions.map(({ sql }) => `(${sql}) IS NOT FALSE`);
  const row = await tryQuery(
    session,
    `SELECT ${places.join(", ")} FROM ${from.join(" CROSS JOIN ")} WHERE ${where.join(" AND ")}
      ORDER BY ${places.join(" + ")} LIMIT 1`,
  );
  if (row === "error" || !row) return row;
  return new Map(columns.map(([name, values], index) => [name, values[Number(row[index])] ?? "NULL"]));
}

const mostCombinations = 20_000;
const mostSingles = 100;
const mostColumns = 14;

/** Choices of one value per column, those with early values first. */
function* combinations(columns: Choice, most: number): Generator<Choice> {
  let left = most;
  const total = columns.reduce((sum, [, values]) => sum + values.length - 1, 0);
  for (let sum = 0; sum <= total; sum++) {
    for (const single of withSum(columns, sum)) {
      if (left-- <= 0) return;
      yield single;
    }
  }
}

function* withSum([first, ...rest]: Choice, sum: number): Generator<Choice> {
  if (!first) {
    if (sum === 0) yield [];
    return;
  }
  const [name, values] = first;
  for (const [place, value] of values.entries()) {
    if (place > sum) return;
    for (const others of withSum(rest, sum - place)) yield [[name, [value]], ...others];
  }
}
