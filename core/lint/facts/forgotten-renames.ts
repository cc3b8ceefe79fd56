import { undoRename } from "../../author/down/inverse/undo-rename.ts";
import { diffPairs, diffSince } from "../../catalog/diff.ts";
import type { Effect } from "../../catalog/simulate/outcome.ts";
import { Simulation } from "../../catalog/simulate/simulation.ts";
import type { Change } from "../../report/model.ts";
import { parseSql } from "../../sql/parse.ts";
import type { Statement } from "../../sql/statement.ts";
import type { MigrationContext, SimulatedScript } from "../rule.ts";
import { isDoubtful } from "./sure-failure.ts";

type Rename = Extract<Effect, { action: "rename" }>;

/** A rename of the up that the down does not take back, or to another name than it had. */
export interface ForgottenRename {
  /** From the name before the up to that after the down. */
  readonly rename: Pick<Rename, "key" | "to">;
  /** What gave it the name that it has in the end. */
  readonly script: SimulatedScript;
  readonly statement: Statement;
  /** What takes it back. */
  readonly sql: string;
}

/** Renames that are left, and what else differs: many a definition names a table, and says so anew once it has its name. */
export function forgottenRenames(context: MigrationContext): {
  readonly renames: readonly ForgottenRename[];
  readonly changes: readonly Change[];
} {
  const { up, catalog, start, postgres } = context;
  const given = [up, context.down].flatMap((script) => (script ? renamesOf(script) : []));
  const renames = given.flatMap((first, index): ForgottenRename[] => {
    if (first.script !== up) return [];
    const {
      script,
      statement,
      rename: last,
    } = given
      .slice(index + 1)
      .reduce((found, next) => (next.rename.key === found.rename.to ? next : found), first);
    const rename = { key: first.rename.key, to: last.to };
    if (!isForgotten(context, rename)) return [];
    const { sql, confidence } = undoRename(rename.key, rename.to, catalog);
    return confidence === "exact" ? [{ rename, script, statement, sql }] : [];
  });
  if (renames.length === 0) return { renames, changes: diffSince(catalog, start, "after down") };
  const back = new Simulation(catalog.clone(), { postgres });
  for (const { sql } of renames.toReversed()) {
    const parsed = parseSql(sql);
    const [statement] = parsed.statements;
    if (statement) back.apply(parsed, statement, { migration: "", file: "", start: 0, end: 0 });
  }
  const keys = new Set([...catalog.since(start).keys(), ...renames.map(({ rename }) => rename.key)]);
  const pairs = [...keys].map((key) => ({
    key,
    before: catalog.atSavepoint(start, key),
    after: back.catalog.at(key),
  }));
  return { renames, changes: diffPairs(pairs, "after down") };
}

function renamesOf(script: SimulatedScript) {
  return script.steps.flatMap(({ statement, outcome: { effects } }) => {
    const rename = effects.find((effect) => effect.action === "rename");
    return rename ? [{ script, statement, rename }] : [];
  });
}

function isForgotten(context: MigrationContext, { key, to }: Pick<Rename, "key" | "to">): boolean {
  const { catalog, start } = context;
  if (isDoubtful(context, key) || isDoubtful(context, to)) return false;
  // Another name of an index or a constraint does no harm by itself.
  if (/^(?:index|constraint) /.test(key)) return false;
  return (
    catalog.atSavepoint(start, key) !== undefined &&
    catalog.atSavepoint(start, to) === undefined &&
    !catalog.has(key) &&
    catalog.has(to)
  );
}
