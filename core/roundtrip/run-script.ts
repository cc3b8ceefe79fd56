import type { Script } from "../migration/model.ts";
import { later } from "../postgres/later.ts";
import { EngineLostError, PostgresError, type Session } from "../postgres/session.ts";
import { runnerFailure } from "./runner-failure.ts";
import { scriptStatements } from "./script-statements.ts";

/** How the run of a script ended. `offset`: where in the file the text began that PostgreSQL complained about. */
export type Run = TextRun & { readonly ms: number; readonly offset: number };
export type FailedRun = Extract<Run, { kind: "failed" }>;
export type StoppedRun = Exclude<Run, { kind: "done" }>;

export interface Limits {
  /** Milliseconds that one script may run. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a script as its runner would. A session that was interrupted or lost is not `alive` afterwards. `next` is what the
 * session will be asked after it.
 */
export async function runScript(
  session: Session,
  script: Script,
  limits: Limits,
  next?: string,
): Promise<Run> {
  const started = performance.now();
  const ms = () => performance.now() - started;
  const refused = wrongByte(script);
  if (refused) return { kind: "failed", error: refused, ms: ms(), offset: script.start };
  const all = pieces(script);
  for (const [index, { sql, offset, isCommit }] of all.entries()) {
    const failure = isCommit && (await runnerFailure(session, script));
    if (failure) {
      await session.execute("ROLLBACK");
      return { kind: "failed", ...failure, ms: ms() };
    }
    const isLast = index === all.length - 1;
    const left = { ...limits, timeoutMs: limits.timeoutMs - ms() };
    const run = await runText(session, sql, left, isLast ? next : undefined);
    if (run.kind !== "done") return { ...run, ms: ms(), offset };
  }
  return { kind: "done", ms: ms(), offset: script.start };
}

/** What PostgreSQL says of a text with a byte that is no UTF-8. A script may have said that it is in another encoding. */
function wrongByte({ file, start, end }: Script): PostgresError | undefined {
  const { wrong } = file;
  if (!wrong || wrong.offset < start || wrong.offset >= end) return undefined;
  if (/\bclient_encoding\b|\bset\s+names\b/i.test(file.text.slice(start, wrong.offset))) return undefined;
  return new PostgresError({
    message: `invalid byte sequence for encoding "UTF8": ${wrong.byte}`,
    sqlstate: "22021",
    position: [...file.text.slice(start, wrong.offset)].length + 1,
  });
}

/** `engine-lost`: the connection is gone; `error` is what the server said when it hung up, if it said anything. */
export type TextRun =
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly error: PostgresError }
  | { readonly kind: "timed-out" }
  | { readonly kind: "engine-lost"; readonly error?: PostgresError };

/** One simple query within a time limit. Rejects only with the signal's reason. */
export async function runText(
  session: Session,
  sql: string,
  limits: Limits,
  next?: string,
): Promise<TextRun> {
  const { signal } = limits;
  signal?.throwIfAborted();
  let interrupting: Promise<void> | undefined;
  const stop = () => {
    interrupting ??= session.interrupt();
  };
  const cancelTimer = later(Math.max(1, limits.timeoutMs), stop);
  signal?.addEventListener("abort", stop);
  try {
    await session.execute(sql, next);
    return { kind: "done" };
  } catch (error) {
    signal?.throwIfAborted();
    if (interrupting) return { kind: "timed-out" };
    if (error instanceof PostgresError) return { kind: "failed", error };
    if (error instanceof EngineLostError) return { kind: "engine-lost", ...lastWords(error) };
    throw error;
  } finally {
    cancelTimer();
    signal?.removeEventListener("abort", stop);
    // A cancel that is still on its way would hit what runs next.
    await interrupting;
  }
}

/** There was no room for what the script wrote. A server that has none for its log crashes, and says the same. */
export function isDiskFull(run: TextRun): boolean {
  return "error" in run && run.error?.sqlstate === "53100";
}

interface Piece {
  readonly sql: string;
  readonly offset: number;
  /** The runner's own, at the end. */
  readonly isCommit?: true;
}

function pieces(script: Script): Piece[] {
  const { file, start, end, execution } = script;
  // The runner reads bytes and sends them: a byte order mark reaches PostgreSQL, which rejects it.
  const mark = file.bom && start === 0 ? "\uFEFF" : "";
  const body =
    execution.send === "whole"
      ? [{ sql: mark + file.text.slice(start, end), offset: start - mark.length }]
      : queries(script).map((part) => ({
          sql: file.text.slice(part.start, part.end),
          offset: part.start,
        }));
  if (!execution.wrapped) return body;
  return [{ sql: "BEGIN", offset: start }, ...body, { sql: "COMMIT", offset: end, isCommit: true }];
}

/** From the first to the last statement of each query. */
function queries(script: Script): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number; piece: object | undefined }[] = [];
  for (const { start, end } of scriptStatements(script)) {
    const piece = script.execution.together?.find((it) => it.start <= start && end <= it.end);
    const last = found.at(-1);
    if (piece && last?.piece === piece) last.end = end;
    else found.push({ start, end, piece });
  }
  return found;
}

/** What the server said when it ended this one connection; nothing where the whole server went down. */
function lastWords({ message, sqlstate }: EngineLostError): { error?: PostgresError } {
  if (sqlstate === undefined || sqlstate === crashShutdown) return {};
  return { error: new PostgresError({ sqlstate, message }) };
}

const crashShutdown = "57P02";
