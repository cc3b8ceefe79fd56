import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { RuleOverride } from "../lint/rule-overrides.ts";
import type { Position, Severity } from "../report/model.ts";
import type { Config } from "./config.ts";
import { nearestName } from "./nearest-name.ts";
import { alternatives, checkValue } from "./option-value.ts";
import { optionTable } from "./options.ts";
import { fromMigrationFolder } from "./override-paths.ts";
import { positionAt } from "./position-at.ts";
import { builtInConfig } from "./resolve-config.ts";

/** Something in a configuration file that is not right. Reading goes on after it. */
export interface ConfigProblem {
  readonly message: string;
  readonly position: Position;
}

export interface ParsedConfig {
  /** What the file sets, without built-in values. */
  readonly values: Partial<Config>;
  readonly problems: readonly ConfigProblem[];
  /** It is no JSON, so nothing of it was read. */
  readonly unread?: true;
}

const severities = ["off", "error", "warning", "info"] as const;

function isSeverity(value: unknown): value is Severity | "off" {
  return severities.some((severity) => severity === value);
}

/** Reads the text of a `switchback.jsonc`: JSON with comments and trailing commas. */
export function parseConfig(text: string, ruleNames: readonly string[]): ParsedConfig {
  const problems: ConfigProblem[] = [];
  const problem = (offset: number, message: string) => {
    problems.push({ message, position: positionAt(text, offset) });
  };

  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  if (errors.length > 0) {
    // Of YAML and the like every word would be a mistake; what follows the first one mostly comes of it.
    if (tree?.type !== "object") problem(tree?.offset ?? errors[0]?.offset ?? 0, notOne);
    else problem(errors[0]?.offset ?? 0, syntaxWords(errors[0], text, tree));
    return { values: {}, problems, unread: true };
  }
  if (!tree) return { values: {}, problems };
  if (tree.type !== "object") {
    problem(tree.offset, notOne);
    return { values: {}, problems };
  }

  const rows = optionTable.filter((option) => option.file);
  const values: Record<string, unknown> = {};
  for (const { key, value, name } of properties(tree)) {
    if (name === "$schema") continue;
    const option = rows.find((row) => row.name === name);
    if (!option) {
      const flag = optionTable.find((row) => row.name === name)?.flag?.name ?? flagsAlone.get(name);
      const names = rows.map((row) => row.name);
      problem(
        key.offset,
        flag ? `unknown key "${name}": it is the flag ${flag}` : unknown("key", name, names),
      );
      continue;
    }
    if (name in values) problem(key.offset, `"${name}" stands here twice`);
    const checked = checkValue(option, getNodeValue(value));
    if (!checked.ok) problem(value.offset, checked.problem);
    else if (option.type.kind === "rules") values[name] = readRules(value, ruleNames, problem);
    else if (option.type.kind === "overrides")
      values[name] = (value.children ?? []).flatMap((item) => readOverride(item, ruleNames, problem) ?? []);
    else values[name] = checked.value;
  }
  return { values: withOverridesInFolder(values), problems };
}

function withOverridesInFolder(values: Partial<Config>): Partial<Config> {
  const { overrides, migrations = builtInConfig.migrations } = values;
  return overrides ? { ...values, overrides: fromMigrationFolder(overrides, migrations) } : values;
}

function readRules(
  node: Node,
  ruleNames: readonly string[],
  problem: (offset: number, message: string) => void,
): RuleOverride["rules"] {
  const rules: Record<string, Severity | "off"> = {};
  for (const { key, value, name } of properties(node)) {
    const severity: unknown = getNodeValue(value);
    if (!ruleNames.includes(name)) problem(key.offset, unknown("rule", name, ruleNames));
    else if (!isSeverity(severity))
      problem(value.offset, `a rule is ${alternatives(severities)}, not ${JSON.stringify(severity)}`);
    else rules[name] = severity;
  }
  return rules;
}

/** `{ "paths": ["2019*"], "rules": { "drop-column": "off" } }` */
function readOverride(
  node: Node,
  ruleNames: readonly string[],
  problem: (offset: number, message: string) => void,
): RuleOverride | undefined {
  const parts = new Map([...properties(node)].map((part) => [part.name, part]));
  for (const { name, key } of parts.values())
    if (name !== "paths" && name !== "rules") problem(key.offset, unknown("key", name, ["paths", "rules"]));
  const [paths, rules] = [parts.get("paths")?.value, parts.get("rules")?.value];
  const globs: unknown = paths && getNodeValue(paths);
  const isList = Array.isArray(globs) && globs.length > 0 && globs.every(isText);
  if (!isList) problem((paths ?? node).offset, `an override names its files: "paths": ["2019*.up.sql"]`);
  if (rules?.type !== "object")
    problem((rules ?? node).offset, `an override says what changes: "rules": { "drop-column": "off" }`);
  if (!isList || rules?.type !== "object") return undefined;
  return { paths: globs, rules: readRules(rules, ruleNames, problem) };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function* properties(object: Node): Generator<{ key: Node; value: Node; name: string }> {
  for (const { children } of object.children ?? []) {
    const [key, value] = children ?? [];
    if (key && value) yield { key, value, name: String(key.value) };
  }
}

function unknown(what: string, name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return `unknown ${what} "${name}"${nearest ? `: did you mean "${nearest}"?` : ""}`;
}

const notOne = 'the configuration is one object: { "migrations": "db/migrations" }';

/** Flags that are in no table. */
const flagsAlone = new Map([
  ["format", "--format"],
  ["output", "--output"],
]);

/** `CommaExpected` → "comma expected" */
function syntaxWords(error: ParseError | undefined, text: string, { offset, length }: Node): string {
  if (error === undefined) return notOne;
  if (error.offset >= offset + length && text.slice(0, offset + length).endsWith("}"))
    return "nothing but a comment may follow the object";
  const from = text.slice(error.offset);
  if (/^(?:true|false|null)\b/i.test(from)) return "true and false are written in small letters";
  if (/^['\w]/.test(from)) return "keys and texts stand in double quotes";
  return printParseErrorCode(error.error)
    .replaceAll(/(?<=[a-z])([A-Z])/g, " $1")
    .toLowerCase();
}
