import { splitStatements } from "../../sql/splitter.ts";
import { tokens } from "../../sql/tokens.ts";
import type { Execution, Malformed, SourceFile } from "../model.ts";

/** `conf`: the text of the `.sql.conf` beside the script. */
export function flywayExecution(file: SourceFile, conf: string | undefined): Execution {
  return {
    send: "statements",
    wrapped: executeInTransaction(conf) ?? !statementsOf(file).some(({ isAlone }) => isAlone),
    unwrapsItself: true,
    unwrap: "leave it alone in its file",
  };
}

export function executeInTransaction(conf: string | undefined): boolean | undefined {
  const [, value] =
    /^[^\S\n]*(?:flyway\.)?executeInTransaction\s*[=:]\s*(true|false)\b/m.exec(conf ?? "") ?? [];
  return value === undefined ? undefined : value === "true";
}

/** ParserSqlScript of Flyway refuses what has to run in a transaction beside what cannot. */
export function mixed(file: SourceFile): Malformed | undefined {
  const statements = statementsOf(file);
  const alone = statements.find(({ isAlone }) => isAlone);
  if (!alone || statements.every(({ isAlone }) => isAlone)) return undefined;
  const { start, end } = alone;
  return {
    file,
    start,
    end,
    message: "Flyway refuses this file: this statement runs in no transaction, and the others want one",
    why: "It stops before it sends anything, unless its configuration says mixed=true.",
    help: `give the statement a file of its own, or write into ${file.path.slice(file.path.lastIndexOf("/") + 1)}.conf beside it\n  executeInTransaction=false`,
    isRun: true,
  };
}

const mayBeAlone =
  /\b(concurrently|database|tablespace|subscription|alter\s+system|reindex|vacuum|discard)\b/i;
const alone =
  /^((create|drop) (database|tablespace|subscription)|alter system|create (unique )?index concurrently|drop index concurrently|reindex (verbose )?(schema|database|system)|reindex\b.* concurrently|vacuum|discard all)\b/i;

/** As Flyway tells them: by their first words, without what is said in comments. */
function statementsOf({ text }: SourceFile) {
  if (!mayBeAlone.test(text)) return [];
  return splitStatements(text).map(({ start, end }) => {
    const words: string[] = [];
    for (const token of tokens(text, start, end)) {
      if (token.kind === "line-comment" || token.kind === "block-comment") continue;
      words.push(text.slice(token.start, token.end));
      if (words.length > 12) break;
    }
    return { start, end, isAlone: alone.test(words.join(" ")) };
  });
}
