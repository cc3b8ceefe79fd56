import { lastPart } from "./catalog/quote-identifier.ts";
import { fixtureFindings } from "./fixture-findings.ts";
import { outsideHelp } from "./outside-help.ts";
import { type ProofRuleName, proofRules } from "./proof-rules.ts";
import { provedWords } from "./proved-words.ts";
import type {
  Change,
  EngineInfo,
  Finding,
  MigrationInfo,
  PhaseResult,
  RoundTrip,
  RunError,
} from "./report/model.ts";
import { lostWords } from "./report/row-words.ts";
import { notAgain, phaseWords, verdictWords } from "./report/verdict-words.ts";
import { rerunFindings } from "./rerun-findings.ts";
import { escapePattern } from "./sql/escape-pattern.ts";

/** Instead of a version of PostgreSQL, where the runner refuses the file. */
const nothingSent = "nothing was sent to PostgreSQL";

/** Static rules that foresee what a round trip finds about a schema that does not come back. */
const wholeDown: ReadonlySet<string> = new Set(["missing-down", "empty-down"]);
const foresee: ReadonlySet<string> = new Set(["down-incomplete", "down-drops-nothing", ...wholeDown]);
/** What it tells is no difference of weight, but the second up may stop at it. */
const foreseeRedo: ReadonlySet<string> = new Set([...foresee, "enum-value-stays"]);

/**
 * What was foreseen and proved is one finding with the proof in it; what was proved alone becomes a finding of its own,
 * so that whoever reads only the findings misses nothing.
 */
export function mergeProof(
  findings: readonly Finding[],
  roundTrips: readonly RoundTrip[],
  migrations: readonly MigrationInfo[],
  engine: EngineInfo,
): Finding[] {
  const merged = [...findings];
  let failed: string | undefined;
  for (const roundTrip of roundTrips) {
    const migration = migrations.find(({ name }) => name === roundTrip.name);
    if (!migration) continue;
    new Merge(merged, roundTrip, migration, engine, failed).run();
    if (roundTrip.verdict.status === "up-failed") failed ??= roundTrip.name;
    merged.push(...fixtureFindings(roundTrip, engine), ...rerunFindings(roundTrip, engine));
  }
  return merged;
}

class Merge {
  readonly #findings: Finding[];
  readonly #roundTrip: RoundTrip;
  readonly #migration: MigrationInfo;
  readonly #postgres: string;
  readonly #proved: string;
  /** The first migration before it that does not go up. */
  readonly #failed: string | undefined;

  constructor(
    findings: Finding[],
    roundTrip: RoundTrip,
    migration: MigrationInfo,
    engine: EngineInfo,
    failed: string | undefined,
  ) {
    this.#findings = findings;
    this.#roundTrip = roundTrip;
    this.#migration = migration;
    this.#postgres = engine.postgres;
    this.#proved = provedWords(engine.postgres);
    this.#failed = failed;
  }

  run(): void {
    const { verdict, phases } = this.#roundTrip;
    switch (verdict.status) {
      case "reversible":
      case "irreversible":
      case "skipped":
        return;
      case "timed-out":
      case "engine-lost":
        this.#stopped(
          verdict.status,
          phases.find(({ phase }) => phase === verdict.phase),
        );
        return;
      case "data-lost":
        this.#add("data-lost", this.#migration.down, {
          message: verdictWords(this.#roundTrip),
          proof: [this.#proved, ...(this.#roundTrip.rows?.lost ?? []).map(lostWords)].join("\n"),
        });
        return;
      default:
        for (const result of phases) this.#phase(result);
    }
  }

  #phase(result: PhaseResult): void {
    const { phase, error } = result;
    const changes = result.changes.filter((change) => change.class === "real");
    if (changes.length > 0) this.#drift(result, changes);
    if (!error) return;
    const where = error.onRows ? " on a table with rows" : "";
    const help = phase === "up" ? outsideHelp(error, this.#failed) : undefined;
    // What the down left behind is why the second up fails: one cause, one finding. What comes from outside of the folder
    // nobody foresees, whatever else is wrong with the statement: only that the folder has made away with it.
    const cause =
      phase === "redo"
        ? this.#causeOfRedo()
        : this.#foreseenAt(error, ({ rule }) => help === undefined || rule === "up-stops");
    if (cause >= 0 && error.unsent) this.#setProof(cause, `the runner refuses the file: ${nothingSent}`);
    else if (cause >= 0) {
      this.#addProof(cause, `${phaseWords(phase)} fails${where}, ${errorLine(error)}`);
      this.#makeError(cause);
    } else {
      const name = ({ up: "up-fails", down: "down-fails", redo: "redo-fails" } as const)[phase];
      this.#addError(name, error, `${phaseWords(phase)} fails${where}: ${error.message}`, help);
    }
  }

  #drift({ phase }: PhaseResult, changes: readonly Change[]): void {
    const unforeseen: Change[] = [];
    const foreseen = new Map<number, string[]>();
    for (const change of changes) {
      // What the down did not bring back, the second up does not find either.
      if (
        phase === "redo" &&
        this.#changesOfDown().some((known) => isWithin(change, known) || isAnother(change, known))
      )
        continue;
      const index = phase === "down" ? this.#foreseenChange(change) : -1;
      if (index < 0) unforeseen.push(change);
      else foreseen.set(index, [...(foreseen.get(index) ?? []), change.words]);
    }
    for (const [index, words] of foreseen) this.#addProof(index, firstOf(words));
    if (unforeseen.length === 0) return;
    const [first] = unforeseen;
    const objects = unforeseen.map(({ kind, object }) => `${kind} ${object}`);
    const named = objects.length > 3 ? [...objects.slice(0, 3), "…"] : objects;
    const when = phase === "redo" ? "after going up again" : "after the down";
    const message =
      unforeseen.length === 1 && first
        ? first.words
        : `${unforeseen.length} differences ${when}: ${named.join(", ")}`;
    this.#add(phase === "redo" ? "redo-drift" : "drift", this.#migration[phase === "redo" ? "up" : "down"], {
      message,
      changes: unforeseen,
      proof: this.#proved,
    });
  }

  #stopped(name: "timed-out" | "engine-lost", result: PhaseResult | undefined): void {
    const words = verdictWords(this.#roundTrip);
    if (result?.error) this.#addError(name, result.error, `${words}: ${result.error.message}`);
    else this.#add(name, this.#migration[result?.phase === "down" ? "down" : "up"], { message: words });
  }

  #addError(name: ProofRuleName, error: RunError, message: string, help?: string): void {
    const notes = [error.detail, error.hint && `hint: ${error.hint}`].filter(
      (note) => note !== undefined && note !== "",
    );
    const proved = error.unsent ? nothingSent : provedWords(this.#postgres, error.sqlstate);
    this.#add(name, error.file, {
      message,
      ...(error.range ? { range: error.range } : {}),
      ...(help === undefined ? {} : { help }),
      // The message has PostgreSQL's words already.
      proof: [proved, ...notes].join("\n"),
    });
  }

  #add(
    name: ProofRuleName,
    file: string | undefined,
    about: Pick<Finding, "message"> & Partial<Finding>,
  ): void {
    const rule = proofRules[name];
    const start = { line: 1, column: 1 };
    this.#findings.push({
      rule: name,
      severity: rule.severity,
      file: file ?? this.#migration.up ?? "",
      range: { start, end: start },
      migration: this.#roundTrip.name,
      why: rule.why,
      ...about,
    });
  }

  #addProof(index: number, words: string): void {
    const finding = this.#findings[index];
    if (!finding) return;
    const known = finding.proof ?? this.#proved;
    this.#setProof(index, known === this.#proved ? `${known}: ${words}` : `${known}; ${words}`);
  }

  #setProof(index: number, proof: string): void {
    const finding = this.#findings[index];
    if (finding) this.#findings[index] = { ...finding, proof };
  }

  /** What may do no harm until the up runs again did some. */
  #makeError(index: number): void {
    const finding = this.#findings[index];
    if (finding?.severity === "info") this.#findings[index] = { ...finding, severity: "error" };
  }

  /** The finding that names the object of a change, or one about the whole down. */
  #foreseenChange(change: Change): number {
    const name = tellingName(change);
    const own = (finding: Finding) => finding.migration === this.#roundTrip.name && foresee.has(finding.rule);
    const listed = this.#findings.findIndex(
      (finding) =>
        own(finding) &&
        finding.changes?.some(
          (known) => isSame(known, change) || (detaches(known) && isWithin(change, known)),
        ),
    );
    if (listed >= 0) return listed;
    const exact = this.#findings.findIndex((finding) => own(finding) && mentions(finding.message, name));
    if (exact >= 0) return exact;
    const renamed = this.#findings.findIndex((finding) => own(finding) && followsRename(change, finding));
    if (renamed >= 0) return renamed;
    return this.#findings.findIndex((finding) => own(finding) && wholeDown.has(finding.rule));
  }

  #causeOfRedo(): number {
    const own = ({ migration, rule }: Finding) =>
      migration === this.#roundTrip.name && (rule === "drift" || foreseeRedo.has(rule));
    const proved = this.#findings.findIndex((finding) => own(finding) && finding.proof !== undefined);
    if (proved >= 0) return proved;
    // Rows, an extension or another name are no difference of weight: this is what comes of them.
    return this.#findings.findIndex((finding) => own(finding) && finding.message.endsWith(notAgain));
  }

  /** What stands in the way is what IF EXISTS passed over, some statements before. */
  #passedOver(file: string | undefined, detail: string | null | undefined): number {
    return this.#findings.findIndex(({ rule, file: of, message }) => {
      const [, left] = / and \S+ (\S+) stays behind$/.exec(message) ?? [];
      if (rule !== "down-drops-nothing" || of !== file || left === undefined) return false;
      return mentions(detail ?? "", lastPart(left.replace(/\(.*/, "")));
    });
  }

  #changesOfDown(): readonly Change[] {
    return this.#roundTrip.phases.find(({ phase }) => phase === "down")?.changes ?? [];
  }

  /** An error that was foreseen on the statement that failed. */
  #foreseenAt({ file, range, sqlstate, detail }: RunError, may: (finding: Finding) => boolean): number {
    // What a script forgets to end fails nowhere in it.
    if (!range)
      return this.#findings.findIndex(
        (finding) =>
          finding.file === file && finding.rule === "uncommitted-transaction" && sqlstate === "25001",
      );
    const there = (finding: Finding) =>
      may(finding) &&
      finding.file === file &&
      finding.severity === "error" &&
      finding.range.start.line <= range.end.line &&
      range.start.line <= finding.range.end.line;
    const stops = this.#findings.findIndex((finding) => there(finding) && finding.rule === "up-stops");
    if (stops >= 0) return stops;
    const foreseen = this.#findings.findIndex((finding) => there(finding) && mayForesee(finding, sqlstate));
    return foreseen < 0 && sqlstate === "2BP01" ? this.#passedOver(file, detail) : foreseen;
  }
}

function isSame(a: Change, b: Change): boolean {
  return a.kind === b.kind && a.object === b.object;
}

/** The same, or a part of it. */
function isWithin(change: Change, whole: Change): boolean {
  return isSame(change, whole) || change.object.startsWith(`${whole.object}.`);
}

/** The name that PostgreSQL gives where what the down left behind has the one it would give: `t_a_check1`. */
function isAnother(change: Change, left: Change): boolean {
  if (change.before !== null || left.before !== null || change.kind !== left.kind) return false;
  const { object } = change;
  return object.startsWith(left.object) && /^\d+$/.test(object.slice(left.object.length));
}

/** A definition that names what is called otherwise by then, and differs in nothing else. */
function followsRename({ before, after }: Change, { message }: Finding): boolean {
  const [, former, now] = / (\S+) is called (\S+) after the down$/.exec(message) ?? [];
  if (former === undefined || now === undefined || before === null || after === null) return false;
  const word = new RegExp(`(?<![\\w])${escapePattern(now)}(?![\\w])`, "gu");
  return after.replace(word, lastPart(former)) === before;
}

/** With its whole a partition loses what its columns had from it. */
function detaches({ kind, words }: Change): boolean {
  return kind === "table" && /: partition of .+ is (?:lost|new)/.test(words);
}

/** Rules about locks foresee no name that is missing or taken, and a transaction that is open none that rows break. */
function mayForesee({ rule }: Finding, sqlstate: string | null): boolean {
  if (aboutLocks.has(rule)) return sqlstate?.startsWith("42") !== true;
  return rule !== "nested-transaction" || /^2[5D]/.test(sqlstate ?? "");
}

const aboutLocks: ReadonlySet<string> = new Set([
  "check-validation",
  "foreign-key-validation",
  "primary-key-build",
  "require-concurrent-index",
  "set-not-null-scan",
  "table-rewrite",
  "unique-constraint-build",
]);

/** The others stand in the finding already. */
function firstOf(words: readonly string[]): string {
  const shown = words.length > 4 ? [...words.slice(0, 3), `and ${words.length - 3} more`] : words;
  return shown.join("; ");
}

function errorLine({ sqlstate, message }: RunError): string {
  return sqlstate === null ? message : `${sqlstate} ${message}`;
}

/** `public.users.email` → `email`. Whose default privileges they are the files need not say. */
function tellingName({ kind, object }: Change): string {
  if (kind === "default privileges") return object.replace(/^.*?(?=\b(?:IN SCHEMA|ON) )/, "");
  return object.split(".").at(-1)?.replaceAll('"', "") ?? object;
}

function mentions(message: string, name: string): boolean {
  return new RegExp(`(?<![\\w])${escapePattern(name)}(?![\\w])`, "u").test(message);
}
