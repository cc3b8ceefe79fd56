import type { Node } from "@pgsql/types";
import { walk } from "../../catalog/simulate/walk.ts";
import { newerFunction, newerType } from "./syntax/functions-and-types.ts";
import { type NewerSyntax, type Syntax, typeIn } from "./syntax/syntax.ts";
import { syntaxOf10To12 } from "./syntax/versions-10-to-12.ts";
import { syntaxOf13To15 } from "./syntax/versions-13-to-15.ts";
import { syntaxOf16To18 } from "./syntax/versions-16-to-18.ts";

/** What a grammar took in, newest first: section E.1 and on of the manual, "Migration" and "Changes" of each release. */
const syntaxes: readonly Syntax[] = [...syntaxOf16To18, ...syntaxOf13To15, ...syntaxOf10To12];

const newestSyntax = Math.max(...syntaxes.map(({ since }) => since));

/**
 * Of all that a statement writes, what came last, if that is newer than this version. `sql` is its text; `isOwn`: did a
 * migration make a function of this name, or an extension that has it?
 */
export function newerSyntax(
  statement: Node,
  postgres: number,
  sql: string,
  isOwn: (name: string) => boolean,
): NewerSyntax | undefined {
  // The newest grammar of all understands whatever was parsed: no tree has to be walked for it.
  if (postgres >= newestSyntax) return undefined;
  let found: NewerSyntax | undefined;
  walk(statement, (node) => {
    for (const syntax of syntaxes) {
      if (syntax.since <= Math.max(postgres, found?.since ?? 0)) break;
      if (syntax.isIn(node, sql)) found = syntax;
    }
    const type = typeIn(node);
    const named =
      "FuncCall" in node ? newerFunction(node.FuncCall, postgres, isOwn) : type && newerType(type, postgres);
    if (named && named.since > (found?.since ?? 0)) found = named;
    return undefined;
  });
  return found;
}
