import type { Script } from "../../migration/model.ts";
import type { ParsedSql, Statement } from "../../sql/statement.ts";
import type { Catalog } from "../catalog.ts";
import type { CatalogObject, ObjectKey, Origin } from "../model.ts";
import { anythingElse, type Memory } from "./memory.ts";
import type { Outcome } from "./outcome.ts";
import { statementHandlers } from "./statements/statement-handlers.ts";
import { Transactions } from "./transactions.ts";
import { defaultSettings, World } from "./world.ts";

export interface SimulationOptions {
  /** Target major version of PostgreSQL. */
  readonly postgres: number;
  /** Absent: a new one. */
  readonly memory?: Memory;
  /** Who runs the scripts and owns the database, as SQL spells it. Absent: `CURRENT_USER` stands for the name. */
  readonly user?: string;
}

/**
 * Runs statements against a `Catalog` without a database: the catalog is changed as PostgreSQL would change it, and
 * each statement's outcome says what it did, which locks it took and whether it would have failed.
 *
 * A statement that would fail leaves the catalog as it was; the simulation goes on with the next one, so that one
 * broken statement does not hide the rest.
 */
export class Simulation {
  readonly #world: World;
  readonly #transactions: Transactions;

  constructor(catalog: Catalog, options: SimulationOptions) {
    this.#world = new World(catalog, options.postgres, { ...options, handlers: statementHandlers });
    this.#transactions = new Transactions(this.#world);
    if (!catalog.has("schema public")) {
      catalog.put(schemaPublic(this.#world));
    }
  }

  get catalog(): Catalog {
    return this.#world.catalog;
  }

  /** What is remembered besides the catalog. */
  get memory(): Memory {
    return this.#world.memory;
  }

  /** A script begins on a fresh session, in the transaction that the runner or the simple query protocol gives it. */
  beginScript(script: Pick<Script, "direction" | "execution">, statements: number): void {
    this.#world.settings = defaultSettings;
    this.#world.assumes = script.direction === "up";
    this.#transactions.beginScript(script.execution, statements);
  }

  /** What is still open is committed: a broken script is for the rules to judge. */
  endScript(): void {
    this.#transactions.endScript();
    this.#world.forgetTemporary();
    this.#world.settings = defaultSettings;
  }

  apply(parsed: ParsedSql, statement: Statement, origin: Origin): Outcome {
    const world = this.#world;
    const { catalog } = world;
    const before = catalog.savepoint();
    world.begin(origin);
    if (statement.kind === "TransactionStmt" && "TransactionStmt" in statement.node) {
      this.#transactions.apply(statement.node.TransactionStmt);
    } else {
      world.run(statement.node, parsed.text.slice(statement.start, statement.end));
      if (world.failed) catalog.rollbackTo(before);
    }
    return world.outcome();
  }

  /** The object may or may not be as the catalog says: something that cannot be followed touched it. */
  isUncertain(key: ObjectKey): boolean {
    return this.#world.uncertain.has(key);
  }

  /** Nobody made the object, and something that cannot be followed may have. */
  isUnseen(key: ObjectKey): boolean {
    return this.#world.uncertain.has(anythingElse) && !this.catalog.has(key) && !this.#world.isGone(key);
  }

  /** The object was used before it was seen to be made: it comes from outside of the scripts. */
  isAssumed(key: ObjectKey): boolean {
    return this.#world.assumed.has(key);
  }
}

/** As initdb makes it: everybody could create in it before 15. */
function schemaPublic({ postgres, user }: World): CatalogObject {
  const owner = postgres >= 15 ? "pg_database_owner" : user;
  const privileges = [`=${postgres >= 15 ? "U" : "UC"}/${owner}`, `${owner}=UC/${owner}`];
  const attributes = postgres >= 15 ? { owner, privileges } : { privileges };
  return { kind: "schema", name: "public", attributes, dependsOn: [] };
}
