import type { CreateFunctionStmt, FunctionParameter, Node, VariableSetStmt } from "@pgsql/types";
import { dictionary } from "../../sql/dictionary.ts";
import { literal } from "../../sql/literal.ts";
import { parseSql } from "../../sql/parse.ts";
import type { AttributesOf } from "../model.ts";
import { quoteIdentifier } from "../quote-identifier.ts";
import { defaultText } from "./default-text.ts";
import { optionValue } from "./options.ts";
import { strings } from "./relations.ts";
import { sqlText } from "./sql-text.ts";
import { resolveType } from "./type-names.ts";
import type { World } from "./world.ts";

export type RoutineText = Pick<
  AttributesOf["function"],
  "definition" | "returns" | "language" | "volatility"
>;

/**
 * A function or procedure as `pg_get_functiondef` prints it (src/backend/utils/adt/ruleutils.c). `base` is its
 * qualified name.
 */
export function routineDefinition(world: World, statement: CreateFunctionStmt, base: string): RoutineText {
  const kind = statement.is_procedure ? "procedure" : "function";
  const options = optionsOf(statement.options ?? []);
  const returns = statement.is_procedure ? undefined : resultText(world, statement);
  const list = parametersOf(statement)
    .filter(({ mode }) => mode !== "FUNC_PARAM_TABLE")
    .map((parameter) => parameterText(world, parameter, kind));
  const attributes = attributeWords(options);
  const language = quoteIdentifier(options.language);
  return {
    definition: [
      `CREATE OR REPLACE ${kind.toUpperCase()} ${base}(${list.join(", ")})`,
      ...(returns === undefined ? [] : [` RETURNS ${returns}`]),
      ` LANGUAGE ${language}`,
      ...(attributes === "" ? [] : [attributes]),
      ...options.settings.map((setting) => settingText(world, setting)),
      bodyText(kind, options, statement.sql_body),
      "",
    ].join("\n"),
    ...(returns !== undefined && { returns }),
    language,
    volatility: options.volatility,
  };
}

/** The language's name, quoted where it must be. */
export function languageOf(statement: CreateFunctionStmt): string {
  return quoteIdentifier(optionsOf(statement.options ?? []).language);
}

/** The statement that a definition is the text of. */
export function parsedRoutine(definition: string): CreateFunctionStmt | undefined {
  const node = parseSql(definition).statements[0]?.node;
  return node && "CreateFunctionStmt" in node ? node.CreateFunctionStmt : undefined;
}

export function parametersOf(statement: CreateFunctionStmt): FunctionParameter[] {
  return (statement.parameters ?? []).flatMap((node) =>
    "FunctionParameter" in node ? [node.FunctionParameter] : [],
  );
}

export function isInput({ mode }: FunctionParameter): boolean {
  return mode !== "FUNC_PARAM_OUT" && mode !== "FUNC_PARAM_TABLE";
}

/** A type without its modifier, which routines do not keep. */
export function bareType(text: string): string {
  return text.replace(/\(.*?\)/, "");
}

function parameterText(world: World, parameter: FunctionParameter, kind: string): string {
  const type = bareType(resolveType(world, parameter.argType).text);
  const name = parameter.name ? `${quoteIdentifier(parameter.name)} ` : "";
  const value = parameter.defexpr
    ? ` DEFAULT ${defaultText(world, parameter.defexpr, type) ?? `NULL::${type}`}`
    : "";
  const given = modes[parameter.mode ?? ""] ?? "";
  return `${given === "" && kind === "procedure" ? "IN " : given}${name}${type}${value}`;
}

const modes: Readonly<Record<string, string>> = {
  FUNC_PARAM_OUT: "OUT ",
  FUNC_PARAM_INOUT: "INOUT ",
  FUNC_PARAM_VARIADIC: "VARIADIC ",
};

function resultText(world: World, statement: CreateFunctionStmt): string {
  const parameters = parametersOf(statement);
  const columns = parameters.filter(({ mode }) => mode === "FUNC_PARAM_TABLE");
  const typed = ({ name, argType }: FunctionParameter) =>
    `${name ? `${quoteIdentifier(name)} ` : ""}${bareType(resolveType(world, argType).text)}`;
  if (columns.length > 0) return `TABLE(${columns.map(typed).join(", ")})`;
  if (statement.returnType) {
    return `${statement.returnType.setof ? "SETOF " : ""}${bareType(resolveType(world, statement.returnType).text)}`;
  }
  const outputs = parameters.filter(({ mode }) => mode === "FUNC_PARAM_OUT" || mode === "FUNC_PARAM_INOUT");
  const [only, ...more] = outputs;
  return only && more.length === 0 ? bareType(resolveType(world, only.argType).text) : "record";
}

interface Options {
  language: string;
  volatility: "immutable" | "stable" | "volatile";
  body: readonly string[];
  settings: VariableSetStmt[];
  /** The others by their name in the grammar. */
  others: Map<string, string>;
}

/** The last of several options of one name counts. */
function optionsOf(nodes: readonly Node[]): Options {
  const options: Options = {
    language: "sql",
    volatility: "volatile",
    body: [],
    settings: [],
    others: new Map(),
  };
  for (const node of nodes) {
    if (!("DefElem" in node)) continue;
    const { defname = "", arg } = node.DefElem;
    if (defname === "as") options.body = arg && "List" in arg ? strings(arg.List.items) : [];
    else if (defname === "language") options.language = optionValue(arg);
    else if (defname === "volatility") options.volatility = optionValue(arg) as Options["volatility"];
    else if (defname === "set" && arg && "VariableSetStmt" in arg) applySetting(options, arg.VariableSetStmt);
    else options.others.set(defname, optionValue(arg));
  }
  return options;
}

function applySetting(options: Options, setting: VariableSetStmt): void {
  const { kind, name } = setting;
  const rest = kind === "VAR_RESET_ALL" ? [] : options.settings.filter((other) => other.name !== name);
  options.settings = kind === "VAR_SET_VALUE" || kind === "VAR_SET_CURRENT" ? [...rest, setting] : rest;
}

/** ` STABLE STRICT SECURITY DEFINER`: only what is not the default. */
function attributeWords({ language, volatility, others }: Options): string {
  const parallel = others.get("parallel") ?? "unsafe";
  const cost = others.get("cost");
  const usualCost = language === "c" || language === "internal" ? "1" : "100";
  const rows = others.get("rows");
  const words = [
    others.get("window") === "true" ? "WINDOW" : "",
    volatility === "volatile" ? "" : volatility.toUpperCase(),
    parallel === "unsafe" ? "" : `PARALLEL ${parallel.toUpperCase()}`,
    others.get("strict") === "true" ? "STRICT" : "",
    others.get("security") === "true" ? "SECURITY DEFINER" : "",
    others.get("leakproof") === "true" ? "LEAKPROOF" : "",
    cost === undefined || cost === usualCost ? "" : `COST ${cost}`,
    rows === undefined || rows === "1000" || rows === "0" ? "" : `ROWS ${rows}`,
    others.has("support") ? `SUPPORT ${others.get("support")}` : "",
  ].filter((word) => word !== "");
  return words.length === 0 ? "" : ` ${words.join(" ")}`;
}

/** Settings whose value is a list of names (GUC_LIST_QUOTE): each is quoted by itself. */
const lists = new Set([
  "search_path",
  "temp_tablespaces",
  "local_preload_libraries",
  "session_preload_libraries",
  "shared_preload_libraries",
  "unix_socket_directories",
]);

/** Settings that PostgreSQL spells with capitals, however they were written. */
const mixedCase: Readonly<Record<string, string>> = dictionary({
  datestyle: "DateStyle",
  intervalstyle: "IntervalStyle",
  timezone: "TimeZone",
});

function settingText(world: World, { kind, name = "", args }: VariableSetStmt): string {
  const values = kind === "VAR_SET_CURRENT" ? currentValue(world, name) : (args ?? []).map(settingValue);
  const quoted = lists.has(name) ? values.map(literal).join(", ") : literal(values.join(", "));
  return ` SET ${quoteIdentifier(mixedCase[name.toLowerCase()] ?? name)} TO ${quoted}`;
}

/** What the session has under the name; most settings are the server's, and nobody can tell. */
function currentValue(world: World, name: string): readonly string[] {
  if (name === "search_path") return world.settings.writtenPath;
  const value = name.toLowerCase() === "timezone" ? world.settings.timeZone : undefined;
  if (value === undefined) world.notAnalysed(`SET ${name} FROM CURRENT`);
  return [value ?? ""];
}

/** A value of SET as PostgreSQL keeps it. */
export function settingValue(node: Node): string {
  if (!("A_Const" in node)) return sqlText(node);
  const { sval, ival, fval, boolval } = node.A_Const;
  if (sval) return sval.sval ?? "";
  if (fval) return fval.fval ?? "";
  return boolval ? String(boolval.boolval === true) : String(ival?.ival ?? 0);
}

/** The statements of a body stand in a list of their own. */
function atomic(body: Node): string {
  const nodes = "List" in body ? (body.List.items ?? []) : [body];
  const statements = nodes.flatMap((node) => ("List" in node ? (node.List.items ?? []) : [node]));
  return ["BEGIN ATOMIC", ...statements.map((node) => ` ${sqlText(node)};`), "END"].join("\n");
}

function bodyText(kind: string, { body, language }: Options, sqlBody: Node | undefined): string {
  if (sqlBody) return "List" in sqlBody ? atomic(sqlBody) : sqlText(sqlBody);
  const [first = "", second] = body;
  if (language === "c" || second !== undefined) return `AS ${body.map(literal).join(", ")}`;
  let tag = `$${kind}`;
  while (first.includes(tag)) tag += "x";
  return `AS ${tag}$${first}${tag}$`;
}
