import type { TransactionStmt } from "@pgsql/types";
import type { Execution } from "../../migration/model.ts";
import type { Savepoint } from "../catalog.ts";
import type { SessionSettings, World } from "./world.ts";

interface Mark {
  readonly catalog: Savepoint;
  readonly settings: SessionSettings;
}

/** BEGIN, COMMIT, ROLLBACK and savepoints: what they undo in the catalog and in the session. */
export class Transactions {
  readonly #world: World;
  #start: Mark | undefined;
  #savepoints: { readonly name: string; readonly mark: Mark }[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  beginScript(execution: Execution, statements: number): void {
    this.#savepoints = [];
    const implicit = execution.wrapped || (execution.send === "whole" && statements > 1);
    this.#start = implicit ? this.#mark() : undefined;
  }

  endScript(): void {
    this.#savepoints = [];
    this.#start = undefined;
  }

  apply(statement: TransactionStmt): void {
    switch (statement.kind) {
      case "TRANS_STMT_BEGIN":
      case "TRANS_STMT_START":
        // BEGIN inside an implicit transaction makes that one explicit: its beginning stays where it was.
        this.#start ??= this.#mark();
        break;
      case "TRANS_STMT_COMMIT":
        this.#end(statement.chain === true);
        break;
      case "TRANS_STMT_ROLLBACK":
        this.#undo(this.#start);
        this.#end(statement.chain === true);
        break;
      case "TRANS_STMT_SAVEPOINT":
        this.#savepoints.push({ name: statement.savepoint_name ?? "", mark: this.#mark() });
        break;
      case "TRANS_STMT_RELEASE":
        this.#forget(statement.savepoint_name ?? "", 0);
        break;
      case "TRANS_STMT_ROLLBACK_TO":
        this.#undo(this.#forget(statement.savepoint_name ?? "", 1));
        break;
    }
  }

  /** Forgets the savepoints after the named one (and itself where `keep` is 0) and returns its mark. */
  #forget(name: string, keep: 0 | 1): Mark | undefined {
    const index = this.#savepoints.findLastIndex((savepoint) => savepoint.name === name);
    if (index < 0) return undefined;
    const mark = this.#savepoints[index]?.mark;
    this.#savepoints.length = index + keep;
    return mark;
  }

  #mark(): Mark {
    return { catalog: this.#world.catalog.savepoint(), settings: this.#world.settings };
  }

  #undo(mark: Mark | undefined): void {
    if (!mark) return;
    this.#world.catalog.rollbackTo(mark.catalog);
    this.#world.settings = mark.settings;
  }

  #end(chain: boolean): void {
    this.#savepoints = [];
    this.#world.settings = this.#world.settings.afterCommit ?? this.#world.settings;
    // After COMMIT inside one simple query the statements that follow share a new implicit transaction; rolling it
    // back needs a statement of its own, so nothing has to be marked until BEGIN or AND CHAIN.
    this.#start = chain ? this.#mark() : undefined;
  }
}
