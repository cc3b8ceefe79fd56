import type { Script } from "../migration/model.ts";

/**
 * What a script may do beyond changing the catalog. Read from its words, not from its parse tree, because a word too
 * many costs one cheap query and a statement that was overlooked (in a DO block, in EXECUTE) would cost the proof.
 */
export interface ScriptTraits {
  /** Could put the first row into a database that has none: rows come from nowhere else. */
  readonly mayAddRows: boolean;
  /** Could put rows into a table that had none, where others have some: across partitions, by triggers, by a refresh. */
  readonly mayMoveRows: boolean;
  /** Opens, ends or prepares transactions of its own. */
  readonly transactions: boolean;
  readonly preparesTransactions: boolean;
  /** Could leave settings, locks, temporary tables or subscriptions in its session. */
  readonly session: boolean;
  /** A failed run may have left something: it ended a transaction, or a statement runs outside of them. */
  readonly partial: boolean;
  /** Roles cannot be dropped while another database of the cluster speaks of them. */
  readonly dropsRoles: boolean;
  /** Could drop PL/pgSQL, which refuses to go while a function is written in it. */
  readonly dropsPlpgsql: boolean;
}

const rows = /\b(insert\s+into|copy|merge\s+into|select|do|call|execute\s+(?!function|procedure))\b/i;
const moves =
  /\b(delete\s+from\b|update\s+(?!(of|on|or|set|no|cascade|restrict|using|to|with)\b)|truncate\b|refresh\b)/i;
const transactions = /\b(begin|start\s+transaction|commit|end|rollback|abort|prepare\s+transaction)\b/i;
const session =
  /\bset\s+(?!default\b|not\s+null\b|null\b|data\b|schema\b)|\b(set_config|reset|discard|deallocate|listen|load|lock|temp|temporary|advisory|declare|prepare|select|do|call|execute\s+(?!function|procedure))\b/i;
const outside =
  /\b(concurrently|vacuum|reindex|database|tablespace|subscription|alter\s+system|checkpoint|call|pg_\w*slot|dblink\w*)\b/i;

const cache = new WeakMap<Script, ScriptTraits>();

export function traitsOf(script: Script): ScriptTraits {
  const known = cache.get(script);
  if (known) return known;
  const text = script.file.text.slice(script.start, script.end);
  const own = transactions.test(text);
  const traits: ScriptTraits = {
    mayAddRows: rows.test(text),
    mayMoveRows: moves.test(text),
    transactions: own,
    preparesTransactions: /\bprepare\s+transaction\b/i.test(text),
    session: session.test(text),
    partial: own || outside.test(text) || script.execution.send === "statements",
    dropsRoles: /\bdrop\s+(role|user|group|owned)\b|\breassign\s+owned\b/i.test(text),
    dropsPlpgsql: /\bdrop\s+(extension|(procedural\s+)?language)\b[^;]*\bplpgsql\b/i.test(text),
  };
  cache.set(script, traits);
  return traits;
}
