import { expectedWords } from "./expected.ts";
import { foreignMark } from "./foreign-sql.ts";
import { statementWord } from "./key-words.ts";
import { nearestWord } from "./nearest-word.ts";
import { mend } from "./small-mistakes.ts";
import { splitStatements } from "./splitter.ts";
import type { SyntaxProblem } from "./statement.ts";
import { type Token, tokens } from "./tokens.ts";

/** What can be said about a syntax error beyond PostgreSQL's own words. */
export interface Explanation {
  readonly message?: string;
  readonly label?: string;
  readonly help?: string;
  /** An edit after which the statement parses. Offsets are those of the text. */
  readonly mend?: {
    readonly title: string;
    readonly start: number;
    readonly end: number;
    readonly text: string;
  };
}

export async function explainSyntaxError(text: string, problem: SyntaxProblem): Promise<Explanation> {
  return (
    conflictMarker(text, problem) ??
    largeFilePointer(text) ??
    psqlCommand(text, problem) ??
    foreign(text) ??
    (await hint(text, problem))
  );
}

function conflictMarker(text: string, { start }: SyntaxProblem): Explanation | undefined {
  const marker = /^(?:<{7}|={7}|>{7}|\|{7})(?= |\r?$)/m.exec(lineAt(text, start));
  return marker
    ? { message: "an unresolved merge conflict", help: "resolve the conflict; no database takes its markers" }
    : undefined;
}

/** What Git LFS puts in the place of a file until it is fetched: a checkout in CI leaves that out unless it is told to. */
function largeFilePointer(text: string): Explanation | undefined {
  return text.startsWith("version https://git-lfs.github.com/spec/")
    ? {
        message: "a pointer of Git LFS stands here instead of the file",
        help: "fetch the file with git lfs pull, or lfs: true of actions/checkout",
      }
    : undefined;
}

/** `\connect`, `\restrict`, and the rows that follow COPY … FROM stdin in a dump: only psql understands them. */
function psqlCommand(text: string, { start }: SyntaxProblem): Explanation | undefined {
  const command = /^\\[a-zA-Z!?.]+/.exec(text.slice(start, start + 40))?.[0];
  if (command) {
    return {
      message: `${command} is a command of psql, not SQL`,
      help: "migration runners send the file to the server, which does not know it: remove it",
    };
  }
  const before = splitStatements(text.slice(0, start)).at(-1);
  if (!before || !/^copy\b[^;]*\bfrom\s+stdin\b/i.test(text.slice(before.start, before.end)))
    return undefined;
  return {
    message: "the rows of COPY … FROM stdin are not SQL",
    help: "only psql sends them to the server: write INSERT statements instead",
  };
}

function foreign(text: string): Explanation | undefined {
  const mark = foreignMark(text);
  if (!mark) return undefined;
  return mark.kind === "template"
    ? {
        help: `${mark.sign} is filled in by a template engine: give Switchback the SQL that reaches the database`,
      }
    : { help: `${mark.sign} is ${mark.kind}, not PostgreSQL` };
}

/** A statement of this size is data; no parser should be run over it many times. */
const tooLong = 20_000;

/** More alternatives than this help nobody. */
const most = 6;

/** Looks only at the one statement that is broken. */
async function hint(text: string, problem: SyntaxProblem): Promise<Explanation> {
  const piece = splitStatements(text).findLast(({ start }) => start <= problem.start);
  if (!piece || piece.end - piece.start > tooLong) return {};
  const statement = text.slice(piece.start, piece.end);
  const code = [...tokens(statement)].filter(
    ({ kind }) => kind !== "line-comment" && kind !== "block-comment",
  );
  const index = code.findIndex(({ start }) => start === problem.start - piece.start);
  if (index < 0) return {};

  const expected = await expectedWords(statement, code, index);
  const mended = mend(statement, code, index);
  const guess =
    mended?.words ??
    misspeltBefore(statement, code[index - 1], expected) ??
    unfinished(statement, code[index]);
  // The only word that could stand there is the guess: once is enough.
  const told = expected?.length === 1 && guess !== undefined;
  const list = expected && expected.length <= most && !told ? `expected ${either(expected)}` : undefined;
  if (!list && !guess) return {};
  const label = [list, guess].filter((part) => part !== undefined).join(": ");
  if (!mended) return { label };
  const { title, replace } = mended;
  const edit = { start: piece.start + replace.start, end: piece.start + replace.end, text: replace.text };
  return { label, mend: { title, ...edit } };
}

/** `ADD CONSTRAINT FORIEGN KEY`: the misspelt word was taken for a name, and what was expected is what it meant. */
function misspeltBefore(
  statement: string,
  previous: Token | undefined,
  expected: readonly string[] | undefined,
): string | undefined {
  if (previous?.kind !== "word" || !expected) return undefined;
  const meant = nearestWord(statement.slice(previous.start, previous.end), expected);
  return meant && `did you mean ${meant}?`;
}

/** PostgreSQL reads on into the statement that follows, and stops at its first word. */
function unfinished(statement: string, token: Token | undefined): string | undefined {
  if (token?.kind !== "word" || !/[\n\r]/.test(statement[token.start - 1] ?? "")) return undefined;
  return statementWord.test(statement.slice(token.start, token.end))
    ? "the statement before it is not finished"
    : undefined;
}

function either(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} or ${words.at(-1)}` : (words[0] ?? "");
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return text.slice(start, end < 0 ? text.length : end);
}
