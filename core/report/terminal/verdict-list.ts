import { lockWords } from "../lock-words.ts";
import type { Finding, Report, RoundTrip } from "../model.ts";
import { rowLines } from "../row-words.ts";
import { count } from "../text/count.ts";
import { displayWidth, graphemes } from "../text/display-width.ts";
import { duration } from "../text/duration.ts";
import { escapeControl } from "../text/escape-control.ts";
import { isFailed, verdictWords } from "../verdict-words.ts";
import type { Style } from "./style.ts";

/** Shorter runs of quiet migrations are listed one by one. */
const shortestRun = 5;
const widestName = 48;
/** A version and the start of its title: what is shorter than that tells nothing. */
const narrowestName = 20;

interface Row {
  readonly mark: "good" | "bad" | "careful" | "none";
  readonly name: string;
  readonly words: string;
  readonly ms: number;
  /** Lines of their own below: what differs harmlessly, which locks it takes, what it does to rows. */
  readonly below: readonly string[];
}

/** One line per migration that was proved; long runs without anything to say share one. */
export function verdictList(report: Report, style: Style): string[] {
  const rows = rowsOf(report);
  const { paint } = style;
  const words = rows.map((row) => escapeControl(row.words));
  const wordsWidth = Math.max(0, ...words.map(displayWidth).filter((width) => width <= widestName));
  const times = rows.map((row) => duration(row.ms));
  const timeWidth = Math.max(0, ...times.map((time) => time.length));
  // The title gives way first: a line that the terminal breaks is no row of a list.
  const room = style.width - `✗   ${" ".repeat(wordsWidth)}  `.length - timeWidth;
  const names = rows.map((row) =>
    shorten(escapeControl(row.name), Math.min(widestName, Math.max(narrowestName, room))),
  );
  const nameWidth = Math.max(0, ...names.map(displayWidth));
  const marks = {
    good: paint.green("✓"),
    bad: paint.red("✗"),
    careful: paint.yellow("!"),
    none: paint.dim("–"),
  };
  return rows.flatMap((row, index) => {
    const text = pad(words[index] ?? "", wordsWidth);
    const painted = row.mark === "bad" ? paint.red(text) : row.mark === "careful" ? paint.yellow(text) : text;
    const time = paint.dim((times[index] ?? "").padStart(timeWidth));
    const line = `${marks[row.mark]} ${pad(names[index] ?? "", nameWidth)}  ${painted}  ${time}`;
    return [line, ...row.below.map((text) => paint.dim(`    ${escapeControl(text)}`))];
  });
}

function rowsOf(report: Report): Row[] {
  const findings = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    if (finding.migration === undefined) continue;
    const known = findings.get(finding.migration);
    if (known) known.push(finding);
    else findings.set(finding.migration, [finding]);
  }
  const rows: Row[] = [];
  let run: RoundTrip[] = [];
  const endRun = () => {
    const [first, last] = [run[0], run.at(-1)];
    if (first && last && run.length >= shortestRun) {
      const ms = run.reduce((sum, roundTrip) => sum + roundTrip.ms, 0);
      rows.push({
        mark: "good",
        name: `${first.version}–${last.version}`,
        words: "reversible",
        ms,
        below: [],
      });
    } else rows.push(...run.map((roundTrip) => rowOf(roundTrip, [])));
    run = [];
  };
  for (const roundTrip of report.roundTrips) {
    const own = findings.get(roundTrip.name) ?? [];
    if (isQuiet(roundTrip) && own.length === 0) {
      run.push(roundTrip);
      continue;
    }
    endRun();
    rows.push(rowOf(roundTrip, own));
  }
  endRun();
  return rows;
}

function rowOf(roundTrip: RoundTrip, findings: readonly Finding[]): Row {
  const { verdict } = roundTrip;
  const locks = lockWords(roundTrip);
  const failed = isFailed(verdict);
  const errors = findings.filter((finding) => finding.severity === "error").length;
  const warnings = findings.filter((finding) => finding.severity === "warning").length;
  const notes: string[] = [];
  // A failed verdict is an error already; the list says nothing twice.
  if (!failed && errors > 0) notes.push(count(errors, "error"));
  if (!failed && warnings > 0) notes.push(count(warnings, "warning"));
  const proved = verdict.status !== "skipped" && verdict.status !== "irreversible";
  return {
    mark: failed || errors > 0 ? "bad" : warnings > 0 ? "careful" : proved ? "good" : "none",
    name: nameWords(roundTrip),
    words: [verdictWords(roundTrip), ...notes].join(", "),
    ms: roundTrip.ms,
    below: [...harmlessWords(roundTrip), ...(locks === undefined ? [] : [locks]), ...rowLines(roundTrip)],
  };
}

/** Which change it is that does no harm. */
function harmlessWords({ verdict, phases }: RoundTrip): string[] {
  const [first, ...more] = verdict.status === "reversible" ? phases.flatMap(({ changes }) => changes) : [];
  return first ? [`${first.words}${more.length > 0 ? `, and ${more.length} more` : ""}`] : [];
}

function isQuiet(roundTrip: RoundTrip): boolean {
  const { verdict, phases } = roundTrip;
  if (lockWords(roundTrip) !== undefined) return false;
  return verdict.status === "reversible" && phases.every((phase) => phase.changes.length === 0);
}

/** `000012_add_user_status` → `000012 add_user_status` */
function nameWords({ name, version }: RoundTrip): string {
  return name.startsWith(`${version}_`) && version !== "R"
    ? `${version} ${name.slice(version.length + 1)}`
    : name;
}

function shorten(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const kept: string[] = [];
  let room = width - 1;
  for (const grapheme of graphemes(text)) {
    room -= displayWidth(grapheme);
    if (room < 0) break;
    kept.push(grapheme);
  }
  return `${kept.join("")}…`;
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}
