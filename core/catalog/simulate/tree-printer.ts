import type {
  JsonBehavior,
  JsonFuncExpr,
  JsonTable,
  JsonTableColumn,
  JsonTablePathSpec,
  JsonValueExpr,
  Node,
  RangeTableFunc,
  RangeTableFuncCol,
} from "@pgsql/types";
import { Deparser } from "pgsql-deparser";
import { quoteIdentifier } from "../quote-identifier.ts";

type Context = Parameters<Deparser["TypeName"]>[1];

/** The deparser, with what it does not know (JSON_TABLE, JSON_VALUE and their like) or prints as no SQL (XMLTABLE). */
export class TreePrinter extends Deparser {
  JsonFuncExpr(call: JsonFuncExpr, context: Context): string {
    const { op, context_item, pathspec, passing, output, wrapper, quotes, on_empty, on_error } = call;
    const parts = [
      `${this.#json(context_item, context)}, ${this.#sql(pathspec, context)}`,
      this.#passing(passing, context),
      this.formatJsonOutput(output, context),
      ...shapes(wrapper, quotes),
      ...this.#behaviors(on_empty, on_error, context),
    ];
    return `${functions[op ?? "JSON_VALUE_OP"]}(${joined(parts)})`;
  }

  JsonTable(table: JsonTable, context: Context): string {
    const { lateral, context_item, pathspec, passing, columns, on_error, alias } = table;
    const inside = [
      `${this.#json(context_item, context)}, ${this.#path(pathspec, context)}`,
      this.#passing(passing, context),
      this.#columns(columns, context),
      ...this.#behaviors(undefined, on_error, context),
    ];
    return joined([
      lateral && "LATERAL",
      `JSON_TABLE(${joined(inside)})`,
      alias && this.Alias(alias, context),
    ]);
  }

  JsonTableColumn(column: JsonTableColumn, context: Context): string {
    const { coltype, name = "", typeName, pathspec, wrapper, quotes, on_empty, on_error, columns } = column;
    if (coltype === "JTC_FOR_ORDINALITY") return `${quoteIdentifier(name)} FOR ORDINALITY`;
    if (coltype === "JTC_NESTED")
      return `NESTED PATH ${this.#path(pathspec, context)} ${this.#columns(columns, context)}`;
    const exists = coltype === "JTC_EXISTS";
    return joined([
      quoteIdentifier(name),
      typeName && this.TypeName(typeName, context),
      exists ? "EXISTS" : this.formatJsonFormat(column.format),
      pathspec && `PATH ${this.#path(pathspec, context)}`,
      ...(exists ? [] : shapes(wrapper, quotes)),
      ...this.#behaviors(on_empty, on_error, context),
    ]);
  }

  override RangeTableFunc(table: RangeTableFunc, context: Context): string {
    const { lateral, docexpr, rowexpr, namespaces, columns, alias } = table;
    const spaces = (namespaces ?? []).map((node) => {
      const { name, val } = "ResTarget" in node ? node.ResTarget : {};
      const uri = this.#sql(val, context);
      return name === undefined ? `DEFAULT ${uri}` : `${uri} AS ${quoteIdentifier(name)}`;
    });
    const list = (columns ?? []).map((node) => this.visit(node, context)).join(", ");
    const inside = joined([
      spaces.length > 0 && `XMLNAMESPACES(${spaces.join(", ")}),`,
      `(${this.#sql(rowexpr, context)}) PASSING (${this.#sql(docexpr, context)}) COLUMNS ${list}`,
    ]);
    return joined([lateral && "LATERAL", `XMLTABLE(${inside})`, alias && this.Alias(alias, context)]);
  }

  override RangeTableFuncCol(column: RangeTableFuncCol, context: Context): string {
    const { colname = "", for_ordinality, typeName, is_not_null, colexpr, coldefexpr } = column;
    if (for_ordinality) return `${quoteIdentifier(colname)} FOR ORDINALITY`;
    return joined([
      quoteIdentifier(colname),
      typeName && this.TypeName(typeName, context),
      colexpr && `PATH (${this.#sql(colexpr, context)})`,
      coldefexpr && `DEFAULT (${this.#sql(coldefexpr, context)})`,
      is_not_null && "NOT NULL",
    ]);
  }

  #sql(node: Node | undefined, context: Context): string {
    return node ? this.visit(node, context) : "";
  }

  #json(value: JsonValueExpr | undefined, context: Context): string {
    return value ? this.JsonValueExpr(value, context) : "";
  }

  #path(path: JsonTablePathSpec | undefined, context: Context): string {
    const name = path?.name === undefined ? "" : ` AS ${quoteIdentifier(path.name)}`;
    return `${this.#sql(path?.string, context)}${name}`;
  }

  #passing(list: readonly Node[] | undefined, context: Context): string | false {
    const values = (list ?? []).flatMap((node) =>
      "JsonArgument" in node
        ? [
            `${this.#json(node.JsonArgument.val, context)} AS ${quoteIdentifier(node.JsonArgument.name ?? "")}`,
          ]
        : [],
    );
    return values.length > 0 && `PASSING ${values.join(", ")}`;
  }

  #columns(columns: readonly Node[] | undefined, context: Context): string {
    return `COLUMNS (${(columns ?? []).map((node) => this.visit(node, context)).join(", ")})`;
  }

  #behaviors(empty: JsonBehavior | undefined, error: JsonBehavior | undefined, context: Context): string[] {
    return [[empty, "EMPTY"] as const, [error, "ERROR"] as const].flatMap(([behavior, when]) => {
      if (!behavior) return [];
      const words = (behavior.btype ?? "").replace("JSON_BEHAVIOR_", "").replace("_", " ");
      return [`${joined([words, behavior.expr && this.#sql(behavior.expr, context)])} ON ${when}`];
    });
  }
}

const functions: Readonly<Record<NonNullable<JsonFuncExpr["op"]>, string>> = {
  JSON_EXISTS_OP: "JSON_EXISTS",
  JSON_QUERY_OP: "JSON_QUERY",
  JSON_VALUE_OP: "JSON_VALUE",
  JSON_TABLE_OP: "JSON_TABLE",
};

function shapes(wrapper: JsonFuncExpr["wrapper"], quotes: JsonFuncExpr["quotes"]): (string | undefined)[] {
  const wrappers: Readonly<Record<string, string>> = {
    JSW_NONE: "WITHOUT WRAPPER",
    JSW_CONDITIONAL: "WITH CONDITIONAL WRAPPER",
    JSW_UNCONDITIONAL: "WITH UNCONDITIONAL WRAPPER",
  };
  const marks: Readonly<Record<string, string>> = {
    JS_QUOTES_KEEP: "KEEP QUOTES",
    JS_QUOTES_OMIT: "OMIT QUOTES",
  };
  return [wrappers[wrapper ?? ""], marks[quotes ?? ""]];
}

function joined(parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(" ");
}
