import type { Savepoint } from "../../catalog/catalog.ts";
import { Memory } from "../../catalog/simulate/memory.ts";
import { Simulation } from "../../catalog/simulate/simulation.ts";
import type { Migration, Script } from "../../migration/model.ts";
import type { FolderReading } from "../../migration/read-migrations.ts";
import { LineMap } from "../../sql/line-map.ts";
import { loadParser } from "../../sql/parse.ts";
import type { ParsedSql } from "../../sql/statement.ts";
import { Drafts } from "../draft.ts";
import { FileRules } from "../file-rules.ts";
import { folderResult } from "../folder-result.ts";
import { lint } from "../lint.ts";
import type { LintInput, LintResult } from "../lint-input.ts";
import { type LintRun, lintMigration, type MigrationResult } from "../lint-migration.ts";
import { parseScript } from "../parse-script.ts";
import { rules } from "../rules/index.ts";
import { scopeOf } from "../scope.ts";
import { statementRules } from "../statement-rules.ts";
import { type Cell, cells } from "./cells.ts";
import { Differences, type Effects } from "./differences.ts";
import { sameMigration, sameScript } from "./same-migration.ts";
import { WatchedCatalog } from "./watched-catalog.ts";

/** A migration as the last run left it. */
interface Known extends Effects {
  readonly migration: Migration;
  /** Are its scripts reported on? */
  readonly reported: string;
  readonly result: MigrationResult;
  readonly parsed: ReadonlyMap<Script, ParsedSql>;
  /** What it looked at. */
  readonly reads: ReadonlySet<Cell>;
  /** Where the catalog and the memory stood before it. */
  readonly start: Savepoint;
  readonly remembered: number;
}

/** Trees of longer scripts are not kept: they are data, and many times as large as their text. */
const longestKept = 200_000;

/**
 * Lints one folder again and again, as `lint` does, in the time that a change takes: what a migration looks at and what
 * it does is recorded, and a migration for which nothing of the former has changed repeats the latter.
 */
export class LintSession {
  #settings = "";
  #catalog!: WatchedCatalog;
  #memory!: Memory;
  #simulation!: Simulation;
  #known: readonly Known[] = [];
  #lines = new Map<string, { readonly text: string; readonly map: LineMap }>();
  #reads = new Set<Cell>();

  async lint(input: LintInput): Promise<LintResult> {
    // What belongs to a change set depends on everything before: that is no matter of an editor.
    if (input.changed) return lint(input);
    await loadParser();
    const { folder, postgres, preset, startAfter } = input;
    const { folder: path, layout } = folder;
    const { aroundErrors } = input;
    const fixed = [
      path,
      layout.name,
      postgres,
      preset,
      input.rules,
      input.overrides,
      startAfter,
      aroundErrors,
    ];
    const settings = JSON.stringify(fixed);
    if (settings !== this.#settings) this.#forget(input);
    this.#settings = settings;

    const texts = this.#readTexts(folder);
    const fileRules = new FileRules(rules, input, path);
    const { active } = fileRules;
    const scope = scopeOf(folder, input);
    const drafts = new Drafts((path) => this.#linesOf(path), folder.layout.name);
    const run = { simulation: this.#simulation, active, statementRules: statementRules(active) };
    try {
      this.#known = this.#walk(folder.migrations, { ...run, scope, drafts, postgres, aroundErrors }, texts);
    } catch (error) {
      // The catalog stands in the middle of something.
      this.#settings = "";
      throw error;
    }
    const migrations = this.#known.map(({ result }) => result);
    return folderResult({ folder, postgres, fileRules, scope, drafts, migrations });
  }

  #forget({ postgres }: LintInput): void {
    const onRead = (cell: Cell) => this.#reads.add(cell);
    this.#catalog = new WatchedCatalog(onRead);
    this.#memory = new Memory((what, key) => onRead(cells.memory(what, key)));
    this.#simulation = new Simulation(this.#catalog, { postgres, memory: this.#memory });
    this.#known = [];
    this.#lines = new Map();
  }

  #walk(
    migrations: readonly Migration[],
    run: Omit<LintRun, "parse" | "isNew">,
    texts: readonly Cell[],
  ): Known[] {
    const differences = new Differences(this.#catalog, this.#memory, texts);
    const isAsBefore = (known: Known | undefined, migration: Migration): known is Known =>
      known !== undefined &&
      known.reported === reportedOf(run, migration) &&
      sameMigration(known.migration, migration) &&
      !differences.touch(known.reads);

    const old = this.#known;
    let next = 0;
    for (const migration of migrations) {
      if (!isAsBefore(old[next], migration)) break;
      next++;
    }
    const now: Known[] = old.slice(0, next);
    const first = old[next];
    if (first) {
      this.#catalog.rollbackTo(first.start);
      this.#memory.forgetSince(first.remembered);
    }
    for (const migration of migrations.slice(next)) {
      const place = placeOf(migration.name, old, next);
      if (place >= 0) for (; next < place; next++) differences.gone(old[next] as Known);
      const before = place >= 0 ? old[next++] : undefined;
      if (isAsBefore(before, migration)) {
        now.push(this.#repeat(before));
        differences.repeated(before);
      } else {
        const known = this.#run(migration, run, before);
        now.push(known);
        differences.replaced(before, known, known.start);
      }
    }
    return now;
  }

  #repeat(known: Known): Known {
    const start = this.#catalog.savepoint();
    const remembered = this.#memory.length;
    for (const { key, after } of known.writes) {
      if (after) this.#catalog.put(after);
      else this.#catalog.delete(key);
    }
    for (const { what, key } of known.added) this.#memory[what].add(key);
    return { ...known, start, remembered };
  }

  #run(migration: Migration, run: Omit<LintRun, "parse" | "isNew">, before: Known | undefined): Known {
    const start = this.#catalog.savepoint();
    const remembered = this.#memory.length;
    const reads = new Set<Cell>();
    const parsed = new Map<Script, ParsedSql>();
    this.#reads = reads;
    const result = lintMigration(
      {
        ...run,
        isNew: (name) => name === migration.name,
        parse: (script) => {
          const found = keptTree(before, script) ?? parseScript(script);
          if (script.end - script.start <= longestKept) parsed.set(script, found);
          return found;
        },
      },
      migration,
    );
    this.#reads = new Set();
    return {
      migration,
      reported: reportedOf(run, migration),
      result,
      parsed,
      reads,
      writes: this.#catalog.writesSince(start),
      added: this.#memory.addedSince(remembered),
      start,
      remembered,
    };
  }

  /** Takes the files as they are now, and says which texts are others than before. */
  #readTexts({ files }: FolderReading): Cell[] {
    const before = this.#lines;
    this.#lines = new Map();
    const changed: Cell[] = [];
    for (const { file } of files) {
      const known = before.get(file.path);
      const isSame = known?.text === file.text;
      if (!isSame) changed.push(cells.text(file.path));
      this.#lines.set(file.path, isSame ? known : { text: file.text, map: new LineMap(file.text) });
    }
    for (const path of before.keys()) if (!this.#lines.has(path)) changed.push(cells.text(path));
    return changed;
  }

  #linesOf(path: string): LineMap {
    this.#reads.add(cells.text(path));
    return this.#lines.get(path)?.map ?? new LineMap("");
  }
}

/** Nearly always the first one that is looked at. */
function placeOf(name: string, known: readonly Known[], from: number): number {
  for (let i = from; i < known.length; i++) if (known[i]?.migration.name === name) return i;
  return -1;
}

function keptTree(known: Known | undefined, script: Script): ParsedSql | undefined {
  for (const [before, parsed] of known?.parsed ?? []) if (sameScript(before, script)) return parsed;
  return undefined;
}

function reportedOf({ scope }: Pick<LintRun, "scope">, { up, down }: Migration): string {
  return [up, down].map((script) => (script && scope.hasFile(script.file) ? "reported" : "")).join();
}
