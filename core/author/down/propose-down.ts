import { Catalog } from "../../catalog/catalog.ts";
import { nameIn } from "../../catalog/key-parts.ts";
import type { CatalogObject, ObjectKey } from "../../catalog/model.ts";
import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { Simulation } from "../../catalog/simulate/simulation.ts";
import type { Migration, SourceFile } from "../../migration/model.ts";
import { loadParser } from "../../sql/parse.ts";
import { deleteRows, insertedRows } from "./inserted-rows.ts";
import type { OriginText } from "./inverse/origin-text.ts";
import { cannot, exact, type ProposedStatement } from "./inverse/proposed.ts";
import { shorten } from "./inverse/shorten.ts";
import { undoRename } from "./inverse/undo-rename.ts";
import { type Touched, undoStep } from "./inverse/undo-step.ts";
import { type RealCatalogs, unseenChanges, withOrigins } from "./real-catalogs.ts";
import { replay, type Step, steps } from "./replay.ts";

export type { Confidence, ProposedStatement } from "./inverse/proposed.ts";

/** The inverse of an up, ready to be read by a person. */
export interface ProposedDown {
  readonly text: string;
  /** In the order in which they run. */
  readonly statements: readonly ProposedStatement[];
  /** What no statement can bring back, one sentence each; the text says it too, in comments. */
  readonly notes: readonly string[];
}

/**
 * The down of a migration, from its up and the schema that the ups before it leave: statement by statement, in reverse
 * order, what each changed is changed back. Undefined where it has no up that parses. Values that were lost are never
 * made up: a comment says what is missing. With `real` catalogs what DO blocks changed is changed back too.
 */
export async function proposeDown(
  migrations: readonly Migration[],
  migration: Migration,
  postgres: number,
  real?: RealCatalogs,
): Promise<ProposedDown | undefined> {
  await loadParser();
  const { up } = migration;
  if (!up) return undefined;
  const replayed = replay(migrations, migration, postgres);
  const before = real && withOrigins(real.before, replayed.catalog);
  const simulation = before ? new Simulation(before.clone(), { postgres }) : replayed;
  const { catalog } = simulation;
  const origin = originTextOf(migrations);
  // What the up itself makes is dropped anyway, with all that it did to it later.
  const doomed = new Set<ObjectKey>();
  let undone: { savepoint: number; widened: ReadonlySet<ObjectKey>; statements: ProposedStatement[] }[] = [];
  const seen: Step[] = [];
  for (const step of steps(simulation, migration, up)) {
    seen.push(step);
    // A ROLLBACK took the journal back: what it undid needs no inverse.
    undone = undone.filter(({ savepoint }) => savepoint <= catalog.savepoint());
    const widened = widenedEnums(step.before, catalog);
    // The first of several ADD VALUE takes all of them back.
    const touched = new Map(
      [...step.before].filter(([key]) => !widened.has(key) || !undone.some((it) => it.widened.has(key))),
    );
    const statements = [
      ...rows(step, catalog, doomed),
      ...lostTables(step, simulation),
      ...lostColumns(step, simulation),
      ...inverse(step, real !== undefined, () =>
        undoStep(catalog, touched, doomed, origin, replacedBy(step)),
      ),
    ];
    undone.push({ savepoint: step.savepoint, widened, statements });
    for (const effect of step.outcome.effects)
      if (effect.action === "create" && !effect.replaced) doomed.add(effect.key);
  }
  if (seen.length === 0) return undefined;
  if (real && before) {
    const after = Catalog.of(real.after);
    const unseen = unseenChanges(before, after, seen);
    const statements = undoStep(after, unseen, doomed, origin);
    // It stands where the last of what could not be followed stood, or what touched it: a CHECK whose column changed type.
    const hidden =
      seen.findLast(({ outcome }) => outcome.notAnalysed !== undefined) ??
      seen.findLast(({ outcome }) => outcome.effects.some(({ key }) => unseen.has(key)));
    const place = undone.find(({ savepoint }) => savepoint === hidden?.savepoint) ?? undone.at(-1);
    place?.statements.push(...statements);
  }
  const statements = withConcurrently(
    withoutRepetition(undone.reverse().flatMap((it) => it.statements)),
    up.file,
  );
  const notes = statements.flatMap(({ note }) => (note === undefined ? [] : [note]));
  return { statements, notes, text: render(statements, up.file) };
}

function inverse(step: Step, isReal: boolean, undo: () => ProposedStatement[]): ProposedStatement[] {
  const { outcome } = step;
  // Parts that moved with their table move back with it.
  const [renamed] = outcome.effects.filter((effect) => effect.action === "rename");
  if (renamed) return [undoRename(renamed.key, renamed.to)];
  return [...notAnalysed(step, isReal), ...undo()];
}

/** Enums that a step gave more values. */
function widenedEnums(before: Touched, catalog: Catalog): Set<ObjectKey> {
  const widened = [...before].filter(([key, was]) => {
    const now = catalog.at(key);
    if (was?.kind !== "type" || now?.kind !== "type") return false;
    const [former = [], labels = []] = [was.attributes.labels, now.attributes.labels];
    return former.length < labels.length && former.every((label) => labels.includes(label));
  });
  return new Set(widened.map(([key]) => key));
}

/** Columns that one ALTER TABLE drops and adds again. */
function replacedBy({ outcome: { effects } }: Step): Set<ObjectKey> {
  const dropped = new Set(effects.flatMap((effect) => (effect.action === "drop" ? [effect.key] : [])));
  const made = effects.filter(({ action, key }) => action === "create" && dropped.has(key));
  return new Set(made.map(({ key }) => key).filter((key) => key.startsWith("column ")));
}

/** Words by which a block or a function may write rows. */
const writes = /\b(insert|update|delete|merge|truncate|copy|perform|call)\b/i;

function notAnalysed({ outcome, sql }: Step, isReal: boolean): ProposedStatement[] {
  const reason = outcome.notAnalysed;
  if (reason === undefined) return [];
  if (!isReal) return [cannot(`not analysed (${reason}): undo by hand what it did`)];
  return writes.test(sql) ? [cannot(`not analysed (${reason}): rows that it wrote stay as they are`)] : [];
}

const written = {
  insert: "rows that were inserted into",
  update: "values that were updated in",
  delete: "rows that were deleted from",
  truncate: "rows that were in",
} as const;

/** Rows that a statement wrote. Those that it named by a key are taken out again; for others saying so beats pretending. */
function rows(
  { statement: { node }, outcome, sql }: Step,
  catalog: Catalog,
  doomed: ReadonlySet<ObjectKey>,
): ProposedStatement[] {
  const [write] = outcome.effects.filter((effect) => effect.action === "write");
  if (!write || doomed.has(write.key)) return [];
  const inserted = "InsertStmt" in node ? insertedRows(catalog, write.key, node.InsertStmt) : undefined;
  const remove = inserted && deleteRows(write.key, inserted);
  if (remove !== undefined) return [exact(remove)];
  const line = sql.replaceAll(/\s+/g, " ");
  const words = line.length > 60 ? `${line.slice(0, 59)}…` : line;
  return [cannot(`undo by hand: ${written[write.verb]} ${shorten(nameIn(write.key))} (${words})`)];
}

/** What no file of the folder makes, no down of it can make again. */
function lostTables({ outcome, before }: Step, simulation: Simulation): ProposedStatement[] {
  const lost = outcome.effects.filter(
    ({ action, key }) =>
      action === "drop" && key.startsWith("table ") && !before.has(key) && simulation.isAssumed(key),
  );
  return lost.map(({ key }) =>
    cannot(`undo by hand: no file makes table ${shorten(nameIn(key))}, which was dropped`),
  );
}

function lostColumns({ statement: { node }, outcome }: Step, simulation: Simulation): ProposedStatement[] {
  const table = outcome.locks.find(({ key }) => key.startsWith("table "))?.key;
  if (!("AlterTableStmt" in node) || table === undefined || !simulation.isAssumed(table)) return [];
  return (node.AlterTableStmt.cmds ?? []).flatMap((command) => {
    if (!("AlterTableCmd" in command) || command.AlterTableCmd.subtype !== "AT_DropColumn") return [];
    const { name = "", missing_ok } = command.AlterTableCmd;
    const column = `${nameIn(table)}.${quoteIdentifier(name)}`;
    const isKnown = outcome.effects.some(({ key }) => key === `column ${column}`);
    return missing_ok || isKnown || outcome.failure
      ? []
      : [cannot(`undo by hand: no file makes column ${shorten(column)}, which was dropped`)];
  });
}

function withoutRepetition(statements: readonly ProposedStatement[]): ProposedStatement[] {
  const seen = new Set<string>();
  return statements.filter(({ sql, again }) => again || (!seen.has(sql) && seen.add(sql)));
}

/** An index that was built without blocking goes without blocking, where it may: alone in its file. */
function withConcurrently(statements: ProposedStatement[], { text }: SourceFile): ProposedStatement[] {
  const [only, ...others] = statements;
  const built = /\bCREATE\s+(UNIQUE\s+)?INDEX\s+CONCURRENTLY\b/i.test(text);
  if (!built || others.length > 0 || !only?.sql.startsWith("DROP INDEX ")) return statements;
  return [{ ...only, sql: only.sql.replace("DROP INDEX ", "DROP INDEX CONCURRENTLY ") }];
}

function render(statements: readonly ProposedStatement[], { text }: SourceFile): string {
  // Where the up spells the schema out, or changes where names are looked for, so does the down.
  const spelt = /\bpublic\s*\./i.test(text) || /\bsearch_path\b/i.test(text);
  const short = spelt ? (sql: string) => sql : shorten;
  return statements
    .map(({ sql, confidence, note }) => {
      if (confidence === "cannot") return `${short(sql)}\n`;
      return `${note ? `-- ${short(note)}\n` : ""}${short(sql)};\n`;
    })
    .join("");
}

function originTextOf(migrations: readonly Migration[]): OriginText {
  const files = new Map<string, SourceFile>();
  for (const { up } of migrations) if (up) files.set(up.file.path, up.file);
  return ({ origin }: CatalogObject) =>
    origin && files.get(origin.file)?.text.slice(origin.start, origin.end);
}
