import { parseSql } from "#core/sql/parse.ts";
import { type Token, tokens } from "#core/sql/tokens.ts";

type Random = () => number;

export interface Mutant {
  readonly text: string;
  /** What was done, in order: `rename identifier, truncate`. */
  readonly how: string;
}

/** Changes a script of SQL once to three times. Most changes know the grammar, so that most mutants still parse. */
export function mutateSql(text: string, others: readonly string[], random: Random): Mutant {
  const how: string[] = [];
  let mutant = text;
  const changes = 1 + Math.floor(random() * 3);
  for (let i = 0; i < changes; i++) {
    const [name, mutate] = pick(random() < 0.82 ? grammatical : rough, random);
    const next = mutate(mutant, random, others);
    if (next === mutant) continue;
    mutant = next;
    how.push(name);
  }
  return { text: mutant, how: how.join(", ") };
}

type Mutation = readonly [
  name: string,
  mutate: (text: string, random: Random, others: readonly string[]) => string,
];

/** What leaves SQL behind as a rule. */
const grammatical: readonly Mutation[] = [
  ["swap statements", (text, random) => rebuilt(text, random, swapped)],
  ["delete a statement", (text, random) => rebuilt(text, random, (all, at) => all.toSpliced(at, 1))],
  ["repeat a statement", (text, random) => rebuilt(text, random, (all, at) => [...all, all[at] ?? ""])],
  [
    "splice a statement of another file",
    (text, random, others) => {
      const [foreign = ""] = [pick(statementsOf(pick(others, random)), random)];
      return rebuilt(text, random, (all, at) => all.toSpliced(at, 0, foreign));
    },
  ],
  ["rename an identifier", (text, random) => replaced(text, random, isName, () => pick(names, random))],
  ["give two things one name", (text, random) => sameName(text, random)],
  ["change a type", (text, random) => replaced(text, random, isType, () => pick(types, random))],
  ["change a number", (text, random) => replaced(text, random, isNumber, () => pick(numbers, random))],
  ["turn a verb round", (text, random) => replaced(text, random, isVerb, (word) => turned(word))],
  ["insert a comment", (text, random) => inserted(text, random, pick(comments, random))],
  ["other line ends", (text, random) => text.replaceAll(/\r\n|\r|\n/g, pick(["\r\n", "\r", "\n\n"], random))],
  ["an ignore comment", (text, random) => inserted(text, random, pick(directives, random))],
];

/** What breaks it as a rule. */
const rough: readonly Mutation[] = [
  ["swap tokens", (text, random) => onTokens(text, random, (all, at) => swapped(all, at))],
  ["delete a token", (text, random) => onTokens(text, random, (all, at) => all.toSpliced(at, 1))],
  [
    "repeat a token",
    (text, random) => onTokens(text, random, (all, at) => all.toSpliced(at, 0, all[at] ?? "")),
  ],
  ["truncate", (text, random) => text.slice(0, Math.floor(random() * text.length))],
  ["insert a character", (text, random) => inserted(text, random, pick(characters, random))],
];

const names = [
  "x",
  '"x y"',
  "größe",
  "名前",
  "users",
  '"select"',
  "public.users",
  "pg_temp.t",
  `n${"a".repeat(70)}`,
];
const types = [
  "int",
  "text",
  "varchar(3)",
  "numeric(4,1)",
  "timestamptz",
  "jsonb",
  "int[]",
  "serial",
  '"char"',
  "mood",
];
const numbers = ["0", "1", "2147483648", "1e400", "0.5"];
const comments = ["/* a /* nested */ comment */", "-- a comment\n", "/* 😀 */", "--\r\n", "-- ünïcödé\n"];
const characters = ["\u0000", "\uFEFF", "😀", "\u2028", "'", '"', "$$", "/*", "\\", "\ud800", ";", "("];
const directives = [
  "-- switchback-ignore require-concurrent-index: small\n",
  "-- switchback-ignore-file drop-table: all\n",
  "-- switchback: irreversible gone\n",
  "-- switchback-ignore\n",
];

const verbs: Readonly<Record<string, string>> = {
  ADD: "DROP",
  DROP: "ADD",
  CREATE: "DROP",
  UNIQUE: "",
  CONCURRENTLY: "",
  CASCADE: "RESTRICT",
  COMMIT: "BEGIN",
  BEGIN: "COMMIT",
  NULL: "1",
  UPDATE: "DELETE FROM",
  STORED: "VIRTUAL",
};
const typeNames = new Set(
  "int integer bigint smallint text varchar char numeric timestamp timestamptz date json jsonb uuid boolean serial bigserial".split(
    " ",
  ),
);
const keywords = new Set(
  `add all alter always and any array as asc begin between by cascade case cast check collate column comment commit
   concurrently constraint create current_timestamp database default deferrable delete desc distinct do domain drop each
   else end enum exclude exists extension false for foreign from full function generated grant group having if immutable in
   index inner insert into is join key language left like limit lock materialized not now null of on only or order
   partition policy primary procedure public range references rename replace restrict return returns revoke right row
   schema select sequence set stored table temp temporary then to transaction trigger true truncate type unique update
   using valid validate values varying view virtual volatile when where with without`.split(/\s+/),
);

function isName(word: string, { kind }: Token): boolean {
  return kind === "quoted" || (kind === "word" && !/^\d/.test(word) && !isKnown(word));
}

function isKnown(word: string): boolean {
  return keywords.has(word.toLowerCase()) || typeNames.has(word.toLowerCase());
}

function isType(word: string, { kind }: Token): boolean {
  return kind === "word" && typeNames.has(word.toLowerCase());
}

function isNumber(word: string, { kind }: Token): boolean {
  return kind === "word" && /^\d/.test(word);
}

function isVerb(word: string, { kind }: Token): boolean {
  return kind === "word" && word.toUpperCase() in verbs;
}

function turned(word: string): string {
  return verbs[word.toUpperCase()] ?? word;
}

/** Replaces one of the tokens that are wanted. */
function replaced(
  text: string,
  random: Random,
  wanted: (word: string, token: Token) => boolean,
  by: (word: string) => string,
): string {
  const found = [...tokens(text)].filter((token) => wanted(text.slice(token.start, token.end), token));
  const token = pick(found, random);
  if (!token) return text;
  return text.slice(0, token.start) + by(text.slice(token.start, token.end)) + text.slice(token.end);
}

function sameName(text: string, random: Random): string {
  const found = [...tokens(text)].filter((token) => isName(text.slice(token.start, token.end), token));
  const from = pick(found, random);
  return from ? replaced(text, random, isName, () => text.slice(from.start, from.end)) : text;
}

/** Between two tokens. */
function inserted(text: string, random: Random, what: string): string {
  const at = pick([...tokens(text)], random)?.start ?? 0;
  return `${text.slice(0, at)}${what}${text.slice(at)}`;
}

/** The tokens in another order; what stood between them stays where it was. */
function onTokens(
  text: string,
  random: Random,
  change: (all: readonly string[], at: number) => string[],
): string {
  const all = [...tokens(text)].map(({ start, end }) => text.slice(start, end));
  if (all.length < 2) return text;
  return change(all, Math.floor(random() * (all.length - 1))).join(" ");
}

function rebuilt(
  text: string,
  random: Random,
  change: (all: readonly string[], at: number) => string[],
): string {
  const all = statementsOf(text);
  if (all.length === 0) return text;
  return change(all, Math.floor(random() * all.length))
    .map((statement) => `${statement};\n`)
    .join("");
}

function statementsOf(text: string): string[] {
  const known = split.get(text);
  if (known) return known;
  const { statements } = parseSql(text);
  const all = statements.map(({ start, end }) => text.slice(start, end));
  // Sources are asked for again and again, mutants once.
  if (split.size > 20_000) split.clear();
  split.set(text, all);
  return all;
}

const split = new Map<string, string[]>();

function swapped<T>(all: readonly T[], at: number): T[] {
  const [one, two] = [all[at], all[at + 1]];
  return one === undefined || two === undefined ? [...all] : all.toSpliced(at, 2, two, one);
}

function pick<T>(all: readonly T[], random: Random): T {
  return all[Math.floor(random() * all.length)] as T;
}
