import { strings } from "./relations.ts";
import { walk } from "./walk.ts";

/** What an expression asks the clock or the dice for, as SQL spells it: nothing that is kept may depend on it. */
export function clockIn(tree: unknown): string | undefined {
  let found: string | undefined;
  walk(tree, (node) => {
    if ("SQLValueFunction" in node) found ??= values[node.SQLValueFunction.op ?? ""];
    if ("FuncCall" in node) {
      const [name, ...more] = strings(node.FuncCall.funcname).toReversed();
      const isOwn = more.length > 0 && more[0] !== "pg_catalog";
      if (!isOwn && functions.has(name ?? "")) found ??= `${name}()`;
    }
    return undefined;
  });
  return found;
}

const values: Readonly<Record<string, string>> = {
  SVFOP_CURRENT_DATE: "CURRENT_DATE",
  SVFOP_CURRENT_TIME: "CURRENT_TIME",
  SVFOP_CURRENT_TIMESTAMP: "CURRENT_TIMESTAMP",
  SVFOP_LOCALTIME: "LOCALTIME",
  SVFOP_LOCALTIMESTAMP: "LOCALTIMESTAMP",
};

const functions = new Set([
  "now",
  "transaction_timestamp",
  "statement_timestamp",
  "clock_timestamp",
  "timeofday",
  "random",
  "gen_random_uuid",
]);
