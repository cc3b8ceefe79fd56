import { nearestName } from "./nearest-name.ts";
import type { Option } from "./options.ts";

export type Checked =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string };

/** Checks a value of a configuration file or an editor setting. Rules are checked one by one, with their names. */
export function checkValue(option: Option, value: unknown): Checked {
  const { type } = option;
  switch (type.kind) {
    case "text":
    case "path":
      return typeof value === "string" && value.trim() !== ""
        ? good(value)
        : bad(`"${option.name}" wants a text, not ${show(value)}${textWords(option, value)}`);
    case "choice":
      return type.values.some((allowed) => allowed === value)
        ? good(value)
        : bad(
            `"${option.name}" wants ${alternatives(type.values.map(show))}, not ${show(value)}${olderWords(option, value, (name) => `"${name}": ${value}`)}${nearWords(type.values, value, show)}`,
          );
    case "number":
      return Number.isInteger(value) && isWithin(Number(value), type)
        ? good(value)
        : bad(`"${option.name}" wants ${rangeWords(type, value)}, not ${show(value)}`);
    case "switch":
      return typeof value === "boolean"
        ? good(value)
        : bad(`"${option.name}" wants true or false, not ${show(value)}`);
    case "list":
      return Array.isArray(value) && value.every((item) => typeof item === "string")
        ? good(value)
        : bad(`"${option.name}" wants a list of texts, not ${show(value)}`);
    case "overrides":
      return Array.isArray(value)
        ? good(value)
        : bad(`"${option.name}" wants a list of { "paths": […], "rules": {…} }, not ${show(value)}`);
    case "rules":
      return typeof value === "object" && value !== null && !Array.isArray(value)
        ? good(value)
        : bad(`"${option.name}" wants an object of rule names, not ${show(value)}`);
  }
}

/** Reads the text of a flag or an input. `given` is how the person wrote the option: `--fail-on`. */
export function parseOption(option: Option, text: string, given: string): Checked {
  const { type } = option;
  switch (type.kind) {
    case "text":
    case "path":
      return text.trim() !== "" ? good(text) : bad(`${given} wants a ${type.placeholder}, and got nothing`);
    case "choice": {
      const value = type.values.find((allowed) => String(allowed) === text);
      return value !== undefined
        ? good(value)
        : bad(
            `${given} wants ${alternatives(type.values.map(String))}, not "${text}"${olderWords(
              option,
              Number(text),
              (name) => (given.startsWith("--") ? `--${name} ${text}` : `${name}: ${text}`),
            )}${nearWords(type.values, text, String)}`,
          );
    }
    case "number": {
      const value = text.trim() === "" ? Number.NaN : Number(text);
      return Number.isInteger(value) && isWithin(value, type)
        ? good(value)
        : bad(`${given} wants ${rangeWords(type, value)}, not "${text}"`);
    }
    case "switch": {
      // YAML has `True` and `TRUE` as well.
      const word = text.toLowerCase();
      return word === "true" || word === "false"
        ? good(word === "true")
        : bad(`${given} wants true or false, not "${text}"`);
    }
    case "list":
      return good(text.split(/[\s,]+/).filter((item) => item !== ""));
    case "rules":
    case "overrides":
      return bad(`${given} can only be set in switchback.jsonc`);
  }
}

interface Range {
  readonly min: number;
  readonly max: number;
}

function isWithin(value: number, { min, max }: Range): boolean {
  return value >= min && value <= max;
}

function rangeWords(range: Range, value: unknown): string {
  const isFraction = typeof value === "number" && isWithin(value, range);
  return `a ${isFraction ? "whole number" : "number"} from ${range.min} to ${range.max}`;
}

/** What a version without its quotes, or a list of folders, should have been. */
function textWords({ type }: Option, value: unknown): string {
  if (typeof value === "number") return `: "${value}"`;
  if (Array.isArray(value) && type.kind === "path")
    return ": a run looks at one, and each folder may have a switchback.jsonc of its own";
  return "";
}

/** Among so many that nobody finds theirs. */
const manyValues = 6;

function nearWords(
  values: readonly (string | number)[],
  given: unknown,
  spelled: (value: string) => string,
): string {
  if (typeof given !== "string" || values.length < manyValues) return "";
  const texts = values.filter((value) => typeof value === "string");
  const nearest = texts.find((value) => given !== "" && value.startsWith(given)) ?? nearestName(given, texts);
  return nearest === undefined ? "" : `: did you mean ${spelled(nearest)}?`;
}

/** `spelled`: how that option is said where this one was. */
function olderWords({ older, type }: Option, value: unknown, spelled: (name: string) => string): string {
  const known = type.kind === "choice" ? type.values.map(Number) : [];
  if (older === undefined || typeof value !== "number" || !(value < Math.min(...known))) return "";
  return `; rules can judge for an older one: ${spelled(older)}`;
}

/** `a, b or c` */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function good(value: unknown): Checked {
  return { ok: true, value };
}

function bad(problem: string): Checked {
  return { ok: false, problem };
}
