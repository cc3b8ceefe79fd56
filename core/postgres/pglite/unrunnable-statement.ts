import { loadParser, parseSql } from "../../sql/parse.ts";
import { PostgresError } from "../session.ts";

const noPrograms = {
  message: "PGlite cannot start programs: COPY … PROGRAM needs a real PostgreSQL",
  sqlstate: "0A000",
  hint: "use the engine embedded or docker",
};
/** The words of a server whose client has nothing to send. */
const noInput = { message: "COPY from stdin failed: a migration has no standard input", sqlstate: "57014" };

/**
 * The error for a text that PGlite does not survive. COPY … FROM PROGRAM never comes back; COPY … TO PROGRAM and
 * COPY … FROM STDIN break the instance. What is only put together at run time stays unseen; for that there is the
 * time limit.
 */
export async function unrunnableStatement(sql: string): Promise<PostgresError | undefined> {
  if (!/\b(program|stdin)\b/i.test(sql)) return undefined;
  await loadParser();
  for (const { node, start } of parseSql(sql).statements) {
    const position = [...sql.slice(0, start)].length + 1;
    if (startsProgram(node)) return new PostgresError({ ...noPrograms, position });
    if (readsInput(node)) return new PostgresError({ ...noInput, position });
  }
  return undefined;
}

/** In the tree itself, or in a text that may be code: a DO block, a function's body, an argument of EXECUTE. */
function startsProgram(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(startsProgram);
  if (typeof node !== "object" || node === null) return false;
  return Object.entries(node).some(([key, value]) => {
    if (key === "is_program") return value === true;
    if (key === "defname") return value === "program";
    if (key === "sval") return String(value).split(";").some(mayStartProgram);
    return startsProgram(value);
  });
}

/** In two steps: one expression for both would read on from every COPY of a text that has many. */
function mayStartProgram(text: string): boolean {
  const at = text.search(/\bcopy\b/i);
  return at >= 0 && /\b(?:from|to)\s+program\b/i.test(text.slice(at));
}

function readsInput(node: object): boolean {
  if (!("CopyStmt" in node)) return false;
  const copy = node.CopyStmt as { readonly is_from?: boolean; readonly filename?: string };
  return copy.is_from === true && !copy.filename;
}
