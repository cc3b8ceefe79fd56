import { tokens } from "../../sql/tokens.ts";
import type { Direction, Malformed, SourceFile } from "../model.ts";
import type { Cutting } from "./cut-lines.ts";
import type { Layout } from "./layout.ts";
import { type Line, lines } from "./lines.ts";

/** The comments by which a runner tells the up from the down in one file. Each is matched against one line. */
export interface Markers {
  readonly up: RegExp;
  readonly down: RegExp;
  /** Of a runner that cuts at semicolons: how, and what stands around statements that it must not cut. */
  readonly cutting?: Cutting;
  /** What the runner refuses of a line that looks like one of its marks. */
  refused?(line: string): Pick<Malformed, "message" | "help"> | undefined;
  /** Says something of the whole file. */
  readonly file?: RegExp;
  /** What the runner does with SQL above the first section; of a strict one a block comment counts as SQL. */
  readonly above: "refused" | "strictly refused" | "left out";
  /** Kindred runners, which are not told apart, do not cut statements at a semicolon inside of them. */
  readonly mayCut?: true;
  /** A file without a mark for the up is one as a whole. */
  readonly bareUp?: true;
  /** The runner refuses a file without a mark for the down. */
  readonly needsDown?: true;
  /** The down may stand first. */
  readonly anyOrder?: true;
  /** A second mark of a direction is a comment like others. */
  readonly firstCounts?: true;
  /** How to write those two. */
  readonly fence?: Layout["fence"];
  /** How to write the up's and down's marker, for messages. */
  readonly spelt: { readonly up: string; readonly down: string };
}

export interface Section {
  readonly direction: Direction;
  /** 0-based UTF-16 offsets of what follows the marker's line, up to the next marker. */
  readonly start: number;
  readonly end: number;
  /** The marker's line, for the options that may stand on it. */
  readonly marker: string;
}

export interface Sections {
  readonly up?: Section;
  readonly down?: Section;
  readonly malformed: readonly Malformed[];
}

/** Cuts a file at its markers, line by line as the runners do. */
export function sectionsOf(file: SourceFile, markers: Markers): Sections {
  const malformed: Malformed[] = [];
  const complain = (line: Line, message: string, help: string) => {
    malformed.push({ file, start: line.start, end: line.end, message, help });
  };
  const found: Partial<Record<Direction, Section>> = {};
  let open: { direction: Direction; line: Line } | undefined;
  let begun: Line | undefined;
  let top = 0;
  const close = (end: number) => {
    if (!open) return;
    const { direction, line } = open;
    found[direction] = { direction, start: line.next, end, marker: line.text };
  };
  for (const line of lines(file.text)) {
    const refused = markers.refused?.(line.text);
    if (refused) complain(line, refused.message, refused.help);
    const direction = directionOf(line, markers);
    if (direction && markers.firstCounts && (found[direction] || open?.direction === direction)) continue;
    if (direction) {
      if (begun) complain(begun, `${name(begun)} is not closed`, "end it before the next section begins");
      begun = undefined;
      if (!open) top = line.start;
      close(line.start);
      if (found[direction])
        complain(line, `a second ${name(line)} section`, "keep one section of each direction");
      if (direction === "up" && found.down && !markers.anyOrder)
        complain(line, "the up stands below the down", `put ${markers.spelt.up} first`);
      open = { direction, line };
    } else if (markers.cutting?.begin.test(line.text)) {
      if (begun)
        complain(line, `${name(line)} inside another one`, "end the first one before the next begins");
      begun = line;
    } else if (markers.cutting?.end.test(line.text)) {
      if (!begun) complain(line, `${name(line)} closes nothing`, "remove it, or begin the block above");
      begun = undefined;
    }
  }
  if (begun) complain(begun, `${name(begun)} is not closed`, "end it after the statement");
  close(file.text.length);
  malformed.push(...byteOrderMark(file, markers));
  if (markers.bareUp && !found.up) return { ...bareUp(file, found.down, malformed), malformed };
  malformed.push(...aboveSections(file, top, markers));
  return { ...found, malformed };
}

function directionOf({ text }: Line, { up, down }: Markers): Direction | undefined {
  return up.test(text) ? "up" : down.test(text) ? "down" : undefined;
}

/**
 * The runner reads bytes: with a byte order mark in front of it, the first line is no mark of a section, nor a comment.
 * dbmate 2.36 refuses the file, sql-migrate 1.8.1 leaves the section out, node-pg-migrate 9.0 sends it, and PostgreSQL
 * does not take it.
 */
function byteOrderMark(file: SourceFile, markers: Markers): Malformed[] {
  const [first] = lines(file.text);
  if (!file.bom || !first) return [];
  if (markers.above === "left out" && !directionOf(first, markers)) return [];
  return [
    {
      file,
      start: first.start,
      end: first.end,
      message: "a byte order mark stands before this line, so that the runner does not see it for what it is",
      help: "save the file as UTF-8 without a byte order mark",
    },
  ];
}

/** SQL that stands in no section. */
function aboveSections(file: SourceFile, top: number, { above, spelt }: Markers): Malformed[] {
  for (const { kind, start, end } of tokens(file.text.slice(0, top))) {
    if (kind === "line-comment" || (kind === "block-comment" && above !== "strictly refused")) continue;
    const help = `put it below ${spelt.up}`;
    if (kind === "block-comment")
      return [{ file, start, end, message: `a block comment above ${spelt.up} is refused`, help }];
    if (above !== "left out")
      return [{ file, start, end, message: `SQL above ${spelt.up} is refused`, help }];
    return [{ file, start, end, message: `SQL above ${spelt.up} never runs`, help, isRun: true }];
  }
  return [];
}

function bareUp(file: SourceFile, down: Section | undefined, malformed: Malformed[]): Partial<Sections> {
  if (down)
    malformed.push({
      file,
      start: down.start - 1,
      end: down.start,
      message: "without a mark for the up the whole file is the up, and this runs with it",
      help: "begin the up with its mark",
      isRun: true,
    });
  return { up: { direction: "up", start: 0, end: file.text.length, marker: "" }, ...(down && { down }) };
}

function name(line: Line): string {
  return line.text.replace(/^\s*--\s*/, "").trim();
}
