import type { Node } from "@pgsql/types";
import { blocks, type LockMode, lockModes } from "../../catalog/locks.ts";
import type { Lock } from "../../catalog/simulate/outcome.ts";
import { directivesIn } from "../../migration/directives.ts";
import type { Statement } from "../../sql/statement.ts";
import type { Report, StatementContext } from "../rule.ts";
import { alongSteps } from "./along-steps.ts";
import { type ExistingTable, existingTable } from "./existing-table.ts";
import { HeldLocks } from "./held-locks.ts";
import { limitsItself, type Step, type Timeout, TimeoutSetting } from "./timeout-changes.ts";

/** A statement that makes others wait for a table, and waits for them. */
export interface Waiting {
  readonly table: ExistingTable;
  readonly mode: string;
  /** A limit that comes late: that of the whole statement, or of its transaction. */
  readonly endedBy?: Timeout;
}

/** A wait that something else ends within these milliseconds needs no lock_timeout of its own. */
const soon = 10_000;

/** What they make of a statement waits for nobody, and stands alone: SET before it would make it fail. */
export const concurrentRemedies = [
  "require-concurrent-index",
  "require-concurrent-index-drop",
  "detach-partition-blocks",
];

/** Each timeout with those that end the same. */
const ends = {
  lock_timeout: ["statement_timeout", "transaction_timeout"],
  statement_timeout: ["transaction_timeout"],
} as const satisfies Partial<Record<Timeout, readonly Timeout[]>>;

/**
 * The lock of this statement that nothing limits: the first one of the script, where no timeout was set before it.
 * `counts` says which locks are looked at: always the same for one timeout.
 */
export function unlimitedWait(
  context: StatementContext,
  timeout: Limit,
  counts: (lock: Lock) => boolean = () => true,
): Waiting | undefined {
  const { own, others, held, isTold } = watches[timeout](context.earlier, context, counts);
  if (isTold || own.within(context.transaction) > 0) return undefined;
  const waiting = waitingIn(context, timeout, held, context, counts);
  if (!waiting) return undefined;
  const late = others.find(({ setting }) => setting.within(context.transaction) > 0);
  if (!late) return waiting;
  const bearable = timeout === "statement_timeout" || late.setting.within(context.transaction) <= soon;
  return bearable ? undefined : { ...waiting, endedBy: late.name };
}

type Limit = keyof typeof ends;

interface Watch {
  readonly own: TimeoutSetting;
  readonly others: readonly { readonly name: Timeout; readonly setting: TimeoutSetting }[];
  readonly held: HeldLocks;
  /** Was there a wait that nothing limited? One word per script is enough: a timeout before it covers all that follow. */
  isTold: boolean;
}

const watches = { lock_timeout: watch("lock_timeout"), statement_timeout: watch("statement_timeout") };

function watch(timeout: Limit) {
  return alongSteps<Step, Watch, [StatementContext, (lock: Lock) => boolean]>(
    () => ({
      own: new TimeoutSetting(timeout),
      others: ends[timeout].map((name) => ({ name, setting: new TimeoutSetting(name) })),
      held: new HeldLocks(),
      isTold: false,
    }),
    (known, step, _, context, counts) => {
      const { own, others, held } = known;
      for (const { setting } of others) setting.follow(step, step.transaction);
      if (!own.follow(step, step.transaction) && own.within(step.transaction) === 0)
        known.isTold ||= waitingIn(step, timeout, held, context, counts) !== undefined;
      held.add(step);
    },
  );
}

function waitingIn(
  { statement, outcome, transaction }: Step,
  timeout: Limit,
  held: HeldLocks,
  context: StatementContext,
  counts: (lock: Lock) => boolean,
): Waiting | undefined {
  if (outcome.failure || managesItself(statement) || limitsItself({ outcome }, timeout)) return undefined;
  const isTaken = ({ key, mode }: Lock) =>
    timeout === "lock_timeout" && isHeld(held.mode(transaction, key), mode);
  return blockingLock(context, outcome.locks.filter(counts), isTaken);
}

/** The transaction has it already, as LOCK TABLE … NOWAIT may have taken it: there is nothing to wait for. */
function isHeld(held: LockMode | undefined, mode: LockMode): boolean {
  return held !== undefined && lockModes.indexOf(held) >= lockModes.indexOf(mode);
}

function blockingLock(
  context: StatementContext,
  locks: readonly Lock[],
  isTaken: (lock: Lock) => boolean,
): Waiting | undefined {
  for (const lock of locks) {
    const table = blocks(lock.mode).writes ? existingTable(context, lock.key) : undefined;
    if (table && !isTaken(lock)) return { table, mode: lock.mode };
  }
  return undefined;
}

/** LOCK TABLE NOWAIT and what cannot share a transaction with SET. */
function managesItself({ node }: Statement): boolean {
  if ("LockStmt" in node) return node.LockStmt.nowait === true;
  if ("AlterTableStmt" in node) return (node.AlterTableStmt.cmds ?? []).some(detachesConcurrently);
  return "VacuumStmt" in node || "ReindexStmt" in node || "ClusterStmt" in node;
}

function detachesConcurrently(node: Node): boolean {
  const def = "AlterTableCmd" in node ? node.AlterTableCmd.def : undefined;
  return def !== undefined && "PartitionCmd" in def && def.PartitionCmd.concurrent === true;
}

/** SET before the statement; LOCAL where a transaction ends it. No fix where the statement must stay alone. */
export function setBefore(
  context: StatementContext,
  timeout: Timeout,
  value: string,
): Pick<Report, "help" | "fix"> {
  const { parsed, script, statement, transaction, outcome } = context;
  const alone =
    transaction.kind === "none" && !(script.execution.send === "whole" && parsed.statements.length === 1);
  const set = `SET ${alone ? "" : "LOCAL "}${timeout} = '${value}';`;
  const help = `set one before the first lock\n  ${set}`;
  // One statement more turns a single one into a transaction, and some cannot be in one.
  if (outcome.locks.length === 0 || !joinsTransaction.has(statement.kind)) return { help };
  const at = placeBefore(context);
  const edit = { kind: "replace", file: script.file.path, start: at, end: at, text: `${set}\n` } as const;
  return { help, fix: { title: `Set ${timeout} before it`, edits: [edit] } };
}

/** Before the ignore comments of the statement: they cover what stands next. */
function placeBefore({ parsed, script, statement, earlier }: StatementContext): number {
  const from = earlier.at(-1)?.statement.end ?? script.start;
  const between = parsed.text.slice(from, statement.start);
  // What trails the statement before is about that one.
  const line = earlier.length > 0 ? /[\r\n]/.exec(between)?.index : 0;
  const own = directivesIn(between).find(
    ({ kind, start }) => kind === "ignore" && line !== undefined && start >= line,
  );
  return own ? from + own.start : statement.start;
}

const joinsTransaction: ReadonlySet<string> = new Set([
  "AlterTableStmt",
  "RenameStmt",
  "DropStmt",
  "CreateTrigStmt",
  "IndexStmt",
  "CreateStmt",
  "TruncateStmt",
  "AlterObjectSchemaStmt",
  "AlterPolicyStmt",
  "CreatePolicyStmt",
  "LockStmt",
  "RuleStmt",
]);
