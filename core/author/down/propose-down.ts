import type { Node } from "@pgsql/types";
import { Catalog } from "../../catalog/catalog.ts";
import type { CatalogObject, ObjectKey } from "../../catalog/model.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { Simulation } from "../../catalog/simulate/simulation.ts";
import type { Migration, SourceFile } from "../../migration/model.ts";
import { literal } from "../../sql/literal.ts";
import { loadParser } from "../../sql/parse.ts";
import { bodiesLast } from "./bodies-last.ts";
import { lostColumns, lostTables, notAnalysed, rows } from "./by-hand.ts";
import type { OriginText } from "./inverse/origin-text.ts";
import type { ProposedStatement } from "./inverse/proposed.ts";
import { readable } from "./inverse/readable.ts";
import { shorten } from "./inverse/shorten.ts";
import { undoRename } from "./inverse/undo-rename.ts";
import { type Touched, undoStep } from "./inverse/undo-step.ts";
import { undoWhole } from "./inverse/undo-whole.ts";
import { ofCurrentUser, type RealCatalogs, unseenChanges, withOrigins } from "./real-catalogs.ts";
import { followRename, forgetRenames, renameOf, type Undone } from "./renames-of-doomed.ts";
import { replay, type Step, steps } from "./replay.ts";
import { rolesLast } from "./roles-last.ts";
import { withoutRepetition } from "./without-repetition.ts";

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
 * made up: a comment says what is missing. With the catalogs `around` it what DO blocks changed is changed back too.
 */
export async function proposeDown(
  migrations: readonly Migration[],
  migration: Migration,
  postgres: number,
  around?: RealCatalogs,
): Promise<ProposedDown | undefined> {
  await loadParser();
  const real = around && ofCurrentUser(around);
  const { up } = migration;
  if (!up) return undefined;
  const replayed = replay(migrations, migration, postgres);
  const before = real && withOrigins(real.before, replayed.catalog);
  const simulation = before ? new Simulation(before.clone(), { postgres }) : replayed;
  const { catalog } = simulation;
  const origin = originTextOf(migrations);
  // What the up itself makes is dropped anyway, with all that it did to it later.
  const doomed = new Set<ObjectKey>();
  let undone: Undone[] = [];
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
      ...inverse(step, catalog, doomed, real !== undefined, () =>
        undoStep(catalog, touched, doomed, origin, { replaced: replacedBy(step), zones: zonesOf(step) }),
      ),
    ];
    undone.push({ savepoint: step.savepoint, widened, statements, renamed: renameOf(step) });
    for (const effect of step.outcome.effects) {
      if (effect.action === "create" && !effect.replaced) doomed.add(effect.key);
      if (effect.action === "rename") followRename(doomed, effect);
      if (effect.action === "drop") forgetRenames(undone, effect.key, doomed);
    }
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
    rolesLast(bodiesLast(withoutRepetition(undone.reverse().flatMap((it) => it.statements)))),
    up.file,
  );
  const notes = statements.flatMap(({ note }) => (note === undefined ? [] : [note]));
  return { statements, notes, text: render(statements, up.file) };
}

function inverse(
  step: Step,
  catalog: Catalog,
  doomed: ReadonlySet<ObjectKey>,
  isReal: boolean,
  undo: () => ProposedStatement[],
): ProposedStatement[] {
  const { outcome, statement } = step;
  const renamed = renameOf(step);
  if (renamed) {
    const parent = catalog.at(renamed.to)?.parent;
    return parent !== undefined && doomed.has(parent) ? [] : [undoRename(renamed.key, renamed.to, catalog)];
  }
  const whole = undoWhole(statement.node, outcome, step.before);
  return whole ?? [...notAnalysed(step, isReal), ...undo()];
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

/** Columns of which an ALTER … TYPE says `USING at AT TIME ZONE 'UTC'`. */
function zonesOf({ statement: { node }, outcome }: Step): Map<ObjectKey, string> {
  const zones = new Map<ObjectKey, string>();
  if (!("AlterTableStmt" in node)) return zones;
  for (const it of node.AlterTableStmt.cmds ?? []) {
    if (!("AlterTableCmd" in it) || it.AlterTableCmd.subtype !== "AT_AlterColumnType") continue;
    const { name = "", def } = it.AlterTableCmd;
    const using = def && "ColumnDef" in def ? def.ColumnDef.raw_default : undefined;
    const zone = using && timeZone(using);
    const column = outcome.effects.find(({ key }) => key.startsWith("column ") && lastPart(key) === name);
    if (zone !== undefined && column) zones.set(column.key, zone);
  }
  return zones;
}

/** The constant of `column AT TIME ZONE 'UTC'`. */
function timeZone(node: Node): string | undefined {
  if (!("FuncCall" in node)) return undefined;
  const { funcname, args = [] } = node.FuncCall;
  const [zone, value] = args;
  const called = funcname?.at(-1);
  if (!called || !("String" in called) || called.String.sval !== "timezone") return undefined;
  if (!zone || !("A_Const" in zone) || !value || !("ColumnRef" in value)) return undefined;
  return zone.A_Const.sval?.sval === undefined ? undefined : literal(zone.A_Const.sval.sval);
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
  const short = spelt ? readable : (sql: string) => readable(shorten(sql));
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
