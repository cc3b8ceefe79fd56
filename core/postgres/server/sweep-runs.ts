import { EngineLostError, PostgresError } from "../session.ts";
import type { ScratchDatabases } from "../wire/scratch-databases.ts";
import { dropStatement, inDropOrder } from "./cluster-objects.ts";
import { readLedger } from "./ledger.ts";
import { abandonedDatabases } from "./run-lock.ts";

/** A server notices within a second or two that a client is gone whose statement it still runs. */
const patienceMs = 3_000;

/** Removes what runs left on the server that were killed: their databases, and what their ledger names. */
export async function sweepRuns(databases: ScratchDatabases): Promise<void> {
  const abandoned = await databases.administer(abandonedDatabases);
  const deadline = Date.now() + patienceMs;
  const ledgers: (string | null | undefined)[] = [];
  for (const [name, comment] of abandoned) {
    if (name && (await dropped(databases, name, deadline))) ledgers.push(comment);
  }
  // Databases first: a role cannot go while one of them speaks of it.
  for (const [kind, name] of inDropOrder(ledgers.flatMap(readLedger))) {
    await databases.administer(dropStatement(kind, name)).catch(ignorePostgres);
  }
}

/** False when somebody is connected to it: a run whose lock a migration ended, or one that is just dying. */
async function dropped(databases: ScratchDatabases, name: string, deadline: number): Promise<boolean> {
  for (;;) {
    try {
      await databases.dropAbandoned(name);
      return true;
    } catch (error) {
      if (!(error instanceof PostgresError || error instanceof EngineLostError)) throw error;
      if (Date.now() > deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function ignorePostgres(error: unknown): void {
  if (!(error instanceof PostgresError)) throw error;
}
