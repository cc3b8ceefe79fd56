import type {
  JsonArgument,
  JsonBehavior,
  JsonBehaviorType,
  JsonFuncExpr,
  JsonQuotes,
  JsonTable,
  JsonTableColumn,
  JsonTablePathSpec,
  JsonWrapper,
  Node,
} from "@pgsql/types";
import { Deparser } from "pgsql-deparser";

type Context = NonNullable<Parameters<Deparser["visit"]>[1]>;

/** The package knows no JSON_TABLE, JSON_VALUE, JSON_QUERY and JSON_EXISTS, which are in PostgreSQL since 17, and throws. */
export class FullDeparser extends Deparser {
  JsonFuncExpr(node: JsonFuncExpr, context: Context): string {
    const name = node.op?.replace(/_OP$/, "") ?? "";
    return call(name, [
      this.#source(node, node.pathspec, context),
      this.formatJsonOutput(node.output, context),
      wrappers[node.wrapper ?? "JSW_UNSPEC"],
      quotes[node.quotes ?? "JS_QUOTES_UNSPEC"],
      this.#behavior(node.on_empty, "EMPTY", context),
      this.#behavior(node.on_error, "ERROR", context),
    ]);
  }

  JsonTable(node: JsonTable, context: Context): string {
    const { string, name } = node.pathspec ?? {};
    const table = call("JSON_TABLE", [
      this.#source(node, string, context, name),
      this.#columns(node.columns, context),
      this.#behavior(node.on_error, "ERROR", context),
    ]);
    return words([node.lateral && "LATERAL", table, node.alias && this.Alias(node.alias, context)]);
  }

  /** What is read, by which path, and what is handed to that. */
  #source(
    { context_item, passing = [] }: JsonFuncExpr | JsonTable,
    path: Node | undefined,
    context: Context,
    name?: string,
  ): string {
    const item = context_item ? this.JsonValueExpr(context_item, context) : "";
    const handed = passing.flatMap((it) =>
      "JsonArgument" in it ? [this.#argument(it.JsonArgument, context)] : [],
    );
    return words([
      `${item}, ${path ? this.visit(path, context) : ""}`,
      name && `AS ${this.quoteIfNeeded(name)}`,
      handed.length > 0 && `PASSING ${handed.join(", ")}`,
    ]);
  }

  #argument({ val, name = "" }: JsonArgument, context: Context): string {
    return `${val ? this.JsonValueExpr(val, context) : ""} AS ${this.quoteIfNeeded(name)}`;
  }

  #columns(columns: readonly Node[] = [], context: Context): string {
    const texts = columns.flatMap((it) =>
      "JsonTableColumn" in it ? [this.#column(it.JsonTableColumn, context)] : [],
    );
    return `COLUMNS (${texts.join(", ")})`;
  }

  #column(column: JsonTableColumn, context: Context): string {
    const { coltype, name = "", typeName, pathspec } = column;
    const path = this.#path(pathspec, context);
    if (coltype === "JTC_NESTED") return words(["NESTED", path, this.#columns(column.columns, context)]);
    if (coltype === "JTC_FOR_ORDINALITY") return `${this.quoteIfNeeded(name)} FOR ORDINALITY`;
    const isThere = coltype === "JTC_EXISTS";
    return words([
      this.quoteIfNeeded(name),
      typeName && this.TypeName(typeName, context),
      isThere && "EXISTS",
      this.formatJsonFormat(column.format),
      path,
      !isThere && wrappers[column.wrapper ?? "JSW_UNSPEC"],
      !isThere && quotes[column.quotes ?? "JS_QUOTES_UNSPEC"],
      this.#behavior(column.on_empty, "EMPTY", context),
      this.#behavior(column.on_error, "ERROR", context),
    ]);
  }

  #path(path: JsonTablePathSpec | undefined, context: Context): string | undefined {
    if (!path?.string) return undefined;
    return words([
      `PATH ${this.visit(path.string, context)}`,
      path.name && `AS ${this.quoteIfNeeded(path.name)}`,
    ]);
  }

  #behavior(behavior: JsonBehavior | undefined, on: "EMPTY" | "ERROR", context: Context): string | undefined {
    if (!behavior?.btype) return undefined;
    const value = behavior.expr ? this.visit(behavior.expr, context) : undefined;
    return words([behaviors[behavior.btype], value, `ON ${on}`]);
  }
}

const wrappers: Readonly<Record<JsonWrapper, string | undefined>> = {
  JSW_UNSPEC: undefined,
  JSW_NONE: "WITHOUT WRAPPER",
  JSW_CONDITIONAL: "WITH CONDITIONAL WRAPPER",
  JSW_UNCONDITIONAL: "WITH UNCONDITIONAL WRAPPER",
};

const quotes: Readonly<Record<JsonQuotes, string | undefined>> = {
  JS_QUOTES_UNSPEC: undefined,
  JS_QUOTES_KEEP: "KEEP QUOTES",
  JS_QUOTES_OMIT: "OMIT QUOTES",
};

const behaviors: Readonly<Record<JsonBehaviorType, string>> = {
  JSON_BEHAVIOR_NULL: "NULL",
  JSON_BEHAVIOR_ERROR: "ERROR",
  JSON_BEHAVIOR_EMPTY: "EMPTY",
  JSON_BEHAVIOR_TRUE: "TRUE",
  JSON_BEHAVIOR_FALSE: "FALSE",
  JSON_BEHAVIOR_UNKNOWN: "UNKNOWN",
  JSON_BEHAVIOR_EMPTY_ARRAY: "EMPTY ARRAY",
  JSON_BEHAVIOR_EMPTY_OBJECT: "EMPTY OBJECT",
  JSON_BEHAVIOR_DEFAULT: "DEFAULT",
};

function call(name: string, parts: readonly (string | null | undefined)[]): string {
  return `${name}(${words(parts)})`;
}

function words(parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter((part) => part).join(" ");
}
