import { quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { literal } from "../../sql/literal.ts";
import { ledgerMark } from "../ledger-mark.ts";
import { namesObject } from "../names-object.ts";
import type { Row } from "../session.ts";
import type { ScratchDatabases } from "../wire/scratch-databases.ts";
import { kinds } from "./cluster-objects.ts";
import { createdNames } from "./created-names.ts";

/** `[kind, name]` */
type Entry = readonly [kind: string, name: string];

/**
 * Written down on the server before a script runs: what it may create beside its database, as the comment of that
 * database. So whoever comes after a `kill -9`, from whichever machine, knows what to remove.
 */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  /** How many entries the comment of a database holds. */
  readonly #written = new Map<string, number>();
  readonly #texts = new Set<string>();
  #before: ReadonlySet<string> = new Set();
  #databases: ScratchDatabases | undefined;

  /** `before`: kind and name of what was there before the run, and so is not ours. */
  begin(before: readonly Row[], databases: ScratchDatabases): void {
    this.#before = new Set(before.map(([kind, name]) => `${kind} ${name}`));
    this.#databases = databases;
  }

  /** Whether a script that ran speaks of an object of this name. */
  readonly speaksOf = (name: string): boolean => [...this.#texts].some((text) => namesObject(text, name));

  async note(sql: string, database: string): Promise<void> {
    this.#texts.add(sql);
    for (const entry of createdNames(sql)) {
      const key = entry.join(" ");
      if (!this.#before.has(key)) this.#entries.set(key, entry);
    }
    const { size } = this.#entries;
    if (size === (this.#written.get(database) ?? 0)) return;
    this.#written.set(database, size);
    const text = ledgerMark + JSON.stringify([...this.#entries.values()]);
    // A migration may have dropped the database; then there is nothing to write on.
    await this.#databases
      ?.administer(`COMMENT ON DATABASE ${quoteIdentifier(database)} IS ${literal(text)}`)
      .catch(() => {});
  }
}

/** What a run that was killed may have created. */
export function readLedger(comment: string | null | undefined): readonly Entry[] {
  if (!comment?.startsWith(ledgerMark)) return [];
  try {
    const entries = JSON.parse(comment.slice(ledgerMark.length)) as Entry[];
    return entries.filter(([kind]) => kinds.includes(kind));
  } catch {
    return [];
  }
}
