import type { Node } from "@pgsql/types";
import type { Catalog } from "../catalog.ts";
import type { LockMode } from "../locks.ts";
import type { CatalogObject, ObjectKey, Origin } from "../model.ts";
import { keyOf } from "../model.ts";
import { asCreatedBy } from "./access/as-created-by.ts";
import { followDependent } from "./extension-dependents.ts";
import type { Handlers, Kind } from "./handlers.ts";
import { anythingElse, Memory } from "./memory.ts";
import type { Effect, Failure, InsidePlace, Lock, Mismatch, Outcome, Repeated } from "./outcome.ts";

/** What a session remembers besides the catalog. */
export interface SessionSettings {
  /** Schemas of search_path in order, `$user` left out. */
  readonly searchPath: readonly string[];
  /** search_path as it was set. */
  readonly writtenPath: readonly string[];
  /** Role that owns what is created, where SET ROLE or SET SESSION AUTHORIZATION named one; as SQL spells it. */
  readonly role?: string;
  /** TimeZone, where a statement set it. */
  readonly timeZone?: string;
  /** Where SET LOCAL changed something: what holds again when the transaction is over. */
  readonly afterCommit?: SessionSettings;
}

export const defaultSettings: SessionSettings = {
  searchPath: ["public"],
  writtenPath: ["$user", "public"],
};

/** What a statement does to every row while it holds a lock. */
interface Work {
  readonly rewrite?: boolean;
  readonly scan?: boolean;
  readonly unproved?: boolean;
}

/** The catalog that statements change, the session they run in, and the record of what the current one did. */
export class World {
  readonly catalog: Catalog;
  /** Target major version. */
  readonly postgres: number;
  settings: SessionSettings = defaultSettings;
  readonly memory: Memory;
  /** As `Memory` says. */
  readonly assumed: Set<ObjectKey>;
  readonly uncertain: Set<ObjectKey>;

  /** An up may use what exists outside of the scripts; a down must find what it names. */
  assumes = true;
  readonly #made: Set<ObjectKey>;
  readonly #handlers: Handlers;

  readonly #temporary = new Set<ObjectKey>();

  /** The subcommand of ALTER TABLE that is running. */
  command: number | undefined;
  /** The statement of a DO block that is running. */
  #within: Node | undefined;

  origin: Origin = { migration: "", file: "", start: 0, end: 0 };
  #effects: Effect[] = [];
  #locks: Lock[] = [];
  #skipped: ObjectKey[] = [];
  #mismatch: Mismatch | undefined;
  #failure: Failure | undefined;
  #notAnalysed: string | undefined;
  #endsTransaction = false;
  #inside: Node[] = [];
  #repeated: Repeated[] = [];
  #places = new Map<Node, InsidePlace>();

  /** Who runs the scripts and owns the database, as SQL spells it. */
  readonly user: string;

  constructor(
    catalog: Catalog,
    postgres: number,
    {
      memory = new Memory(),
      user = "CURRENT_USER",
      handlers = {},
    }: { memory?: Memory; user?: string; handlers?: Handlers } = {},
  ) {
    this.#handlers = handlers;
    this.catalog = catalog;
    this.postgres = postgres;
    this.user = user;
    this.memory = memory;
    this.assumed = memory.assumed;
    this.uncertain = memory.uncertain;
    this.#made = memory.made;
  }

  /** CURRENT_ROLE, as SQL spells it. */
  get role(): string {
    return this.settings.role ?? this.user;
  }

  /** Did this session make anything in pg_temp? Hardly any does, and every name would be looked for there first. */
  get hasTemporary(): boolean {
    return this.#temporary.size > 0;
  }

  get failed(): boolean {
    return this.#failure !== undefined;
  }

  /** Changes the world as PostgreSQL would when it ran the statement; some statements (CREATE SCHEMA, DO) run others. */
  run(node: Node, sql: string): void {
    for (const kind in node) {
      const handler = this.#handlers[kind as Kind] as
        | ((world: World, body: unknown, sql: string) => void)
        | undefined;
      handler?.(this, node[kind as keyof Node], sql);
    }
  }

  /** Starts the record of a statement. */
  begin(origin: Origin): void {
    this.origin = origin;
    this.command = undefined;
    this.#effects = [];
    this.#locks = [];
    this.#skipped = [];
    this.#mismatch = undefined;
    this.#failure = undefined;
    this.#notAnalysed = undefined;
    this.#endsTransaction = false;
    this.#inside = [];
    this.#repeated = [];
    this.#places = new Map();
  }

  /** What was recorded since `begin`. */
  outcome(): Outcome {
    return {
      effects: this.#effects,
      locks: this.#locks,
      skipped: this.#skipped,
      ...(this.#mismatch && { mismatch: this.#mismatch }),
      ...(this.#failure && { failure: this.#failure }),
      ...(this.#failure && this.command !== undefined && { failedCommand: this.command }),
      ...(this.#notAnalysed !== undefined && { notAnalysed: this.#notAnalysed }),
      ...(this.#endsTransaction && { endsTransaction: true as const }),
      ...(this.#inside.length > 0 && { inside: this.#inside }),
      ...(this.#repeated.length > 0 && { repeated: this.#repeated }),
      ...(this.#places.size > 0 && { places: this.#places }),
    };
  }

  create(object: CatalogObject): ObjectKey {
    const key = keyOf(object.kind, object.name);
    const replaced = this.catalog.has(key);
    this.#made.add(key);
    if (object.name.startsWith("pg_temp.")) this.#temporary.add(key);
    const made = replaced ? object : asCreatedBy(this.catalog, object, this);
    this.catalog.put({ origin: this.origin, ...made });
    const { command } = this;
    this.#effects.push({
      action: "create",
      key,
      ...(replaced && { replaced }),
      ...(command !== undefined && { command }),
    });
    return key;
  }

  /** May an object that is not in the catalog exist outside of the scripts? */
  mayAssume(key: ObjectKey): boolean {
    return this.assumes && !this.#made.has(key);
  }

  /** Was it made by a statement, and taken away by another? */
  isGone(key: ObjectKey): boolean {
    return this.#made.has(key) && !this.catalog.has(key);
  }

  /** Puts an object that exists outside of the scripts into the catalog. */
  assume(object: CatalogObject): void {
    const key = keyOf(object.kind, object.name);
    this.assumed.add(key);
    if (object.name.startsWith("pg_temp.")) this.#temporary.add(key);
    this.catalog.put(object);
  }

  /** The session ends, and what it made in pg_temp goes with it. */
  forgetTemporary(): void {
    for (const key of this.#temporary) this.catalog.delete(key);
    this.#temporary.clear();
  }

  /** Puts an object under its new name. */
  place(object: CatalogObject): void {
    const key = keyOf(object.kind, object.name);
    this.#made.add(key);
    if (object.name.startsWith("pg_temp.")) this.#temporary.add(key);
    this.catalog.put(object);
  }

  /** Puts a changed value in the place of an object of the same key. */
  alter(object: CatalogObject): void {
    this.catalog.put(object);
    this.touch(keyOf(object.kind, object.name));
  }

  /** Records that an object was altered without changing its value. */
  touch(key: ObjectKey): void {
    this.#effects.push({ action: "alter", key });
  }

  drop(key: ObjectKey, cascaded: boolean): void {
    const object = this.catalog.at(key);
    if (!this.catalog.delete(key)) return;
    if (object) followDependent(this.catalog, object);
    // The triggers of a foreign key stand on both tables.
    if (object?.kind === "constraint" && object.attributes.references !== undefined) {
      for (const table of [object.parent, keyOf("table", object.attributes.references)]) {
        if (table !== undefined) this.lock(table, "ACCESS EXCLUSIVE");
      }
    }
    this.#effects.push(cascaded ? { action: "drop", key, cascaded } : { action: "drop", key });
  }

  record(effect: Effect): void {
    this.#effects.push(effect);
  }

  lock(key: ObjectKey, mode: LockMode, work: Work = {}): void {
    this.#locks.push({
      key,
      mode,
      ...(work.rewrite && { rewrite: true as const }),
      ...(work.scan && { scan: true as const }),
      ...(work.unproved && { unproved: true as const }),
      ...(this.command !== undefined && { command: this.command }),
      ...(this.#within && { inside: this.#within }),
    });
  }

  /** A whole has no rows itself: where the subcommand goes through none of these partitions, it goes through none. */
  restWithParts(wholes: ReadonlySet<ObjectKey>, parts: ReadonlySet<ObjectKey>): void {
    const isOf = (keys: ReadonlySet<ObjectKey>, lock: Lock) =>
      lock.command === this.command && keys.has(lock.key);
    if (this.#locks.some((lock) => isOf(parts, lock) && (lock.scan || lock.rewrite))) return;
    this.#locks = this.#locks.map((lock) => {
      const { scan: _, ...rest } = lock;
      return isOf(wholes, lock) ? rest : lock;
    });
  }

  skip(key: ObjectKey): void {
    this.#skipped.push(key);
  }

  skipMismatch(mismatch: Mismatch): void {
    this.#mismatch = mismatch;
  }

  /** The first failure of a statement is the one PostgreSQL would report. */
  fail(failure: Failure): void {
    this.#failure ??= failure;
  }

  /** Runs a part whose failure is not the statement's, and returns it. */
  attempt(part: () => void): Failure | undefined {
    const before = this.#failure;
    this.#failure = undefined;
    part();
    const failure: Failure | undefined = this.#failure;
    this.#failure = before;
    return failure;
  }

  /** Something in the statement ends the transaction that it runs in. */
  endTransaction(): void {
    this.#endsTransaction = true;
  }

  /** Runs a statement of a DO block. */
  runInside(node: Node, sql: string, place: InsidePlace): void {
    this.#places.set(node, place);
    const around = this.#within;
    this.#within = node;
    this.run(node, sql);
    this.#within = around;
  }

  /** A statement of a DO block ran, and ran once. */
  ranInside(node: Node): void {
    this.#inside.push(node);
  }

  /** A statement stands in a loop of a DO block. */
  ranRepeatedly(repeated: Repeated): void {
    this.#repeated.push(repeated);
  }

  notAnalysed(reason: string): void {
    this.#notAnalysed ??= reason;
    if (this.assumes) this.uncertain.add(anythingElse);
  }
}
