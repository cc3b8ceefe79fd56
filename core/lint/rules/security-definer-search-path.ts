import type { Node } from "@pgsql/types";
import { plainName } from "../../catalog/plain-name.ts";
import { schemaOf } from "../../catalog/schema-of.ts";
import { strings } from "../../catalog/simulate/relations.ts";
import { defineRule } from "../rule.ts";

export const securityDefinerSearchPath = defineRule({
  name: "security-definer-search-path",
  summary: "A SECURITY DEFINER function that does not set its own search_path.",
  why: "Whoever calls it chooses where its names are looked up: a table, function or operator of the caller's own then runs with the rights of the owner.",
  instead: `Tie the path to the function, with pg_temp last:

\`\`\`sql
CREATE FUNCTION close_account(id bigint) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp
AS $$ UPDATE accounts SET closed = true WHERE accounts.id = $1 $$;
\`\`\``,
  severity: "warning",
  presets: ["strict", "all"],
  since: "0.1.0",
  facts:
    "A search_path without pg_temp searches the caller's temporary tables first (manual, CREATE FUNCTION, Writing SECURITY DEFINER Functions Safely). A body of SQL (BEGIN ATOMIC, since 14) has its names looked up when it is made. CREATE OR REPLACE forgets what an ALTER FUNCTION had set.",
  alsoKnownAs: { migrationpilot: "MP099" },
  examples: {
    bad: [
      {
        up: "CREATE FUNCTION one() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';",
        down: "DROP FUNCTION one();",
      },
      {
        before:
          "CREATE FUNCTION one() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';\nALTER FUNCTION one() SET search_path = public, pg_temp;",
        up: "CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 2 - 1';",
        note: "The path that was set is forgotten.",
      },
      {
        before: "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';",
        up: "ALTER FUNCTION one() SECURITY DEFINER;",
        down: "ALTER FUNCTION one() SECURITY INVOKER;",
      },
      {
        before:
          "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS 'SELECT 1';",
        up: "ALTER FUNCTION f() RESET search_path;",
        down: "ALTER FUNCTION f() SET search_path = public, pg_temp;",
      },
    ],
    good: [
      {
        up: "CREATE FUNCTION one() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS 'SELECT 1';",
        down: "DROP FUNCTION one();",
      },
      {
        up: "CREATE FUNCTION one() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';\nALTER FUNCTION one() SET search_path = public, pg_temp;",
        down: "DROP FUNCTION one();",
        note: "Set in the same migration.",
      },
      {
        before: "CREATE FUNCTION one() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';",
        up: "CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 2 - 1';",
        note: "It was so before.",
      },
      {
        up: "CREATE FUNCTION one() RETURNS int LANGUAGE sql SECURITY DEFINER BEGIN ATOMIC SELECT 1; END;",
        down: "DROP FUNCTION one();",
        note: "Its names are looked up once, when it is made.",
      },
    ],
  },
  kinds: ["CreateFunctionStmt", "AlterFunctionStmt"],
  check: {
    statement({ statement, outcome, catalog, parsed, report }) {
      const routine = routineOf(statement.node);
      if (!routine || routine.setsPath || outcome.failure) return;
      const key = outcome.effects.find((effect) => /^(?:function|procedure) /.test(effect.key))?.key;
      const before = key === undefined ? undefined : catalog.at(key);
      if (key === undefined || (!routine.definer && !routine.resetsPath)) return;
      if (before?.kind === "function" || before?.kind === "procedure") {
        const { definition } = before.attributes;
        const hasPath = /^ SET search_path /m.test(definition);
        const isDefiner = /\bSECURITY DEFINER\b/.test(definition);
        if (isDefiner ? !hasPath : !routine.definer) return;
        const keepsPath = hasPath && !routine.resetsPath;
        if ("AlterFunctionStmt" in statement.node && (keepsPath || /^BEGIN ATOMIC$/m.test(definition)))
          return;
      } else if (!routine.definer) return;
      const later = parsed.statements.filter(({ index }) => index > statement.index);
      if (later.some(({ node }) => routineOf(node)?.setsPath && routineOf(node)?.name === routine.name))
        return;
      const [kind, name] = [key.slice(0, key.indexOf(" ")), key.slice(key.indexOf(" ") + 1)];
      report({
        message: `${plainName(name)} runs with its owner's rights, and its caller chooses where its names are looked up`,
        label: "SECURITY DEFINER without a search_path",
        help: `tie the path to it\n  ALTER ${kind.toUpperCase()} ${plainName(name)} SET search_path = ${schemaOf({ name })}, pg_temp;`,
      });
    },
  },
});

interface Routine {
  readonly name: string | undefined;
  readonly definer: boolean;
  readonly setsPath: boolean;
  readonly resetsPath: boolean;
}

function routineOf(node: Node): Routine | undefined {
  const created = "CreateFunctionStmt" in node ? node.CreateFunctionStmt : undefined;
  const altered = "AlterFunctionStmt" in node ? node.AlterFunctionStmt : undefined;
  if ((!created && !altered) || created?.sql_body) return undefined;
  const options = (created?.options ?? altered?.actions ?? []).flatMap((option) =>
    "DefElem" in option ? [option.DefElem] : [],
  );
  return {
    name: strings(created?.funcname ?? altered?.func?.objname).at(-1),
    definer: options.some(
      ({ defname, arg }) => defname === "security" && arg && "Boolean" in arg && arg.Boolean.boolval === true,
    ),
    setsPath: options.some(({ arg }) => isOfPath(arg) && !isReset(arg)),
    resetsPath: options.some(({ arg }) => isOfPath(arg) && isReset(arg)),
  };
}

/** SET search_path, RESET search_path, RESET ALL. */
function isOfPath(arg: Node | undefined): boolean {
  if (!arg || !("VariableSetStmt" in arg)) return false;
  const { kind, name = "" } = arg.VariableSetStmt;
  return kind === "VAR_RESET_ALL" || /^search_path$/i.test(name);
}

function isReset(arg: Node | undefined): boolean {
  const kind = arg && "VariableSetStmt" in arg ? arg.VariableSetStmt.kind : undefined;
  return kind === "VAR_RESET" || kind === "VAR_RESET_ALL" || kind === "VAR_SET_DEFAULT";
}
