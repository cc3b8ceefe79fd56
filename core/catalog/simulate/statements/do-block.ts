import type { DoStmt } from "@pgsql/types";
import { parsePlpgsql } from "../../../sql/grammar.ts";
import type { Handlers } from "../handlers.ts";
import { optionValue } from "../options.ts";
import { conditionHolds, type Variables } from "../plpgsql/condition.ts";
import { endsTransaction } from "../plpgsql/ends-transaction.ts";
import { runBody } from "../plpgsql/run-body.ts";
import type { World } from "../world.ts";

export const doHandlers: Handlers = {
  DoStmt: (world, statement) => {
    const parsed = parsedBody(bodyOf(statement));
    if (endsTransaction(parsed?.action)) world.endTransaction();
    if (parsed?.action) runBody(world, parsed.action.PLpgSQL_stmt_block, variablesOf(world, parsed));
    else world.notAnalysed("DO block");
  },
};

/** The source of a block in PL/pgSQL. */
function bodyOf(statement: DoStmt): string | undefined {
  let body: string | undefined;
  for (const node of statement.args ?? []) {
    if (!("DefElem" in node)) continue;
    if (node.DefElem.defname === "language" && optionValue(node.DefElem.arg) !== "plpgsql") return undefined;
    if (node.DefElem.defname === "as") body = optionValue(node.DefElem.arg);
  }
  return body;
}

interface Parsed {
  readonly datums?: readonly {
    readonly PLpgSQL_var?: {
      readonly refname?: string;
      readonly default_val?: { readonly PLpgSQL_expr?: { readonly query?: string } };
    };
  }[];
  readonly action?: { readonly PLpgSQL_stmt_block: Readonly<Record<string, unknown>> };
}

function parsedBody(body: string | undefined): Parsed | undefined {
  if (body === undefined) return undefined;
  let tag = "body";
  while (body.includes(`$${tag}$`)) tag += "x";
  const sql = `CREATE FUNCTION block() RETURNS void LANGUAGE plpgsql AS $${tag}$${body}$${tag}$`;
  try {
    const tree = parsePlpgsql(sql) as { plpgsql_funcs?: { PLpgSQL_function?: Parsed }[] } | undefined;
    return tree?.plpgsql_funcs?.[0]?.PLpgSQL_function;
  } catch {
    return undefined;
  }
}

/** What is declared, with the value that it begins with. */
function variablesOf(world: World, { datums = [] }: Parsed): Variables {
  const variables: Variables = new Map();
  for (const { PLpgSQL_var: variable } of datums) {
    const text = variable?.default_val?.PLpgSQL_expr?.query;
    if (variable?.refname !== undefined && text !== undefined) {
      variables.set(variable.refname, conditionHolds(world, text, variables));
    }
  }
  return variables;
}
