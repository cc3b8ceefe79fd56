import { Catalog } from "../../catalog/catalog.ts";
import { EngineLostError, PostgresError, type Session } from "../session.ts";
import { changeFunction, dropChangeFunction } from "./changes/change-function.ts";
import { counted } from "./changes/counters.ts";
import { forgetDeleted, formerly } from "./changes/formerly.ts";
import { type Id, IdSet } from "./changes/ids.ts";
import { idOf, KnownObjects } from "./changes/known-objects.ts";
import { type AskOptions, askMoment, type Moment } from "./changes/moment.ts";
import { namesIn } from "./changes/named.ts";
import { movedKinds, presentKinds, readRareKinds } from "./changes/rare-kinds.ts";
import { findRelated } from "./changes/related.ts";
import { render, renderable } from "./changes/render.ts";
import { askWhatMoved, type WhatMoved } from "./changes/what-moved.ts";
import { allWereFound } from "./changes/written-twice.ts";
import type { ServerFacts } from "./kind.ts";
import { commonKinds, rareKinds } from "./kinds.ts";
import { inQuiet, quieten } from "./quiet.ts";
import { type ReadRow, readKind, readServerFacts } from "./read-kind.ts";

export interface ReaderOptions {
  /** Reads. On an engine with more than one session: one that no migration uses. */
  readonly session: Session;
  /** The session is the one that migrations run on. */
  readonly shared: boolean;
  /** From how many pages on to look at all of pg_attribute takes longer than to ask twice. */
  readonly large?: number;
}

/** A second question takes 1 to 2 ms, and so does to look at 20,000 columns. */
const largeCatalog = 400;
/** More pages than there can be. */
const nothingIsLarge = 2 ** 31 - 1;

/**
 * Reads a catalog again and again, at the cost of what changed in between.
 *
 * The statistics of the system catalogs say which of them were written to; there, rows with a younger xmin are the
 * changed ones; of those, and of what prints them, the definitions are read. `catalog` is what was there at the last
 * reading, and its journal tells what changed since a savepoint.
 */
export class CatalogReader {
  readonly catalog = new Catalog();
  readonly #options: ReaderOptions;
  readonly #server: ServerFacts;
  readonly #ask: AskOptions;
  readonly #known = new KnownObjects();
  #moment: Moment = { boundary: "3", counters: undefined, alone: false, newest: "0" };
  #members = 0;
  #fullReads = 0;
  #written: readonly Id[] = [];
  /** What the last reading found to be written; nothing where it read everything. */
  #recent = new IdSet();

  private constructor(options: ReaderOptions, server: ServerFacts, catalogs: readonly string[]) {
    this.#options = options;
    this.#server = server;
    // Before 15 statistics arrive when they arrive: every catalog is looked at.
    this.#ask = {
      session: options.session,
      catalogs,
      counters: server.major >= 15,
      ownCounters: options.shared,
    };
  }

  /** Reads everything once. No transaction may be open on the session, now and at every later reading. */
  static async open(options: ReaderOptions): Promise<CatalogReader> {
    if (!options.shared) await quieten(options.session);
    const server = await readServerFacts(options.session);
    const reader = new CatalogReader(options, server, await catalogOids(options.session));
    await reader.#makeFunction();
    await reader.readAgain();
    return reader;
  }

  /** What the next reading will ask the session that migrates first of all: it can go along with a script. */
  get question(): string | undefined {
    return this.#options.shared || !this.#ask.counters ? undefined : handIn;
  }

  /** How often everything was read. */
  get fullReads(): number {
    return this.#fullReads;
  }

  /** What was there before the last reading and was written to since; everything where all was read. */
  get written(): readonly Id[] {
    return this.#written;
  }

  /** A function of the database's own runs whenever a definition changes. */
  get hasEventTriggers(): boolean {
    for (const _ of this.#known.in("pg_event_trigger")) return true;
    return false;
  }

  /** Reads everything, whatever is known. */
  async readAgain(): Promise<void> {
    await this.#quietly(() => this.#readEverything());
    this.#settle();
  }

  #settle(): void {
    this.#written = [...this.#known.touched()];
    this.#known.settle(this.catalog);
  }

  /**
   * Brings `catalog` up to date with what was committed since the last reading. `migrated` is the session that did it,
   * where it is another one: it is asked to hand in its statistics. Where it is lost everything is read. `scripts`, the
   * texts that it ran, are where changes are looked for first; what they do not name is found too.
   */
  async readChanges(migrated?: Session, scripts: readonly string[] = []): Promise<void> {
    if (!(await this.#hasStatistics(migrated))) return this.readAgain();
    // The function goes with the temporary objects of its session; without PL/pgSQL there is none.
    const names = namesIn(scripts);
    const read =
      (await this.#readSome(names)) || ((await this.#makeFunction()) && (await this.#readSome(names)));
    if (!read) await this.readAgain();
  }

  /**
   * To be called when all that was done since the last reading was rolled back and handed in: the server has counted
   * it, and the next reading would look everywhere for rows that are not there.
   */
  async passOver(): Promise<void> {
    if (!this.#ask.counters) return;
    const { counters } = await askMoment(this.#ask);
    this.#moment = { ...this.#moment, counters };
  }

  /** Whether the counters tell all that the other session did, where they are asked at all. */
  async #hasStatistics(migrated: Session | undefined): Promise<boolean> {
    if (this.#options.shared || !this.#ask.counters) return true;
    return migrated !== undefined && handInStatistics(migrated);
  }

  /** To be called before PL/pgSQL may be dropped: the function that reads is written in it. The next reading makes it anew. */
  async letGo(): Promise<void> {
    await this.#define(dropChangeFunction);
  }

  async #makeFunction(): Promise<boolean> {
    return this.#define(changeFunction(this.#server, this.#ask));
  }

  /** Where it may, without the event triggers of the database. */
  async #define(sql: string): Promise<boolean> {
    const replica = this.#server.superuser ? "set local session_replication_role = replica;" : "";
    return succeeds(() => this.#options.session.execute(`${replica} ${sql}`));
  }

  async #readSome(names: readonly string[]): Promise<boolean> {
    const read = await succeeds(() => this.#quietly(() => this.#readWhatMoved(names)));
    if (read) this.#settle();
    return read;
  }

  async #readWhatMoved(names: readonly string[]): Promise<void> {
    const known = this.#known;
    const last = { moment: this.#moment, written: this.#recent, printed: known.hasPrinted };
    const ask = (large: number) => askWhatMoved(this.#options.session, this.#ask, last, names, large);
    const found = await ask(this.#options.large ?? largeCatalog);
    const what = allWereFound(known, found) ? found : await ask(nothingIsLarge);
    if (!(await this.#readMoved(what))) return this.#readEverything();
    this.#recent = new IdSet([...what.dirty, ...what.unread]);
    this.#moment = what.moment;
    this.#members = what.members?.count ?? this.#members;
  }

  #quietly(read: () => Promise<void>): Promise<void> {
    return this.#options.shared ? inQuiet(this.#options.session, true, read) : read();
  }

  async #readEverything(): Promise<void> {
    this.#fullReads += 1;
    const moment = await askMoment(this.#ask);
    const rows: ReadRow[] = [];
    for (const reader of [...commonKinds, ...rareKinds]) {
      rows.push(...(await readKind(this.#options.session, this.#server, reader)));
    }
    this.#known.replaceAll(rows);
    this.#recent = new IdSet();
    this.#moment = moment;
    this.#members = await countMembers(this.#options.session);
  }

  /** False where the written rows do not tell what changed: a name that stands in many definitions. */
  async #readMoved(what: WhatMoved): Promise<boolean> {
    const { session } = this.#options;
    const known = this.#known;
    await readRareKinds(session, this.#server, known, movedKinds(known, what));
    if (this.#membersChangedHands(what)) return false;

    forgetDeleted(known, what);
    this.#take(what.dirty, what.rows);
    await this.#render(new IdSet(formerly(known, what)));
    const otherwise = [...known.printedOtherwise()];
    if (otherwise.some((id) => id.catalog === "pg_namespace" || !renderable.has(id.catalog))) return false;
    if (otherwise.length === 0) return true;
    await readRareKinds(session, this.#server, known, presentKinds(known));
    await this.#render(await findRelated(session, known, otherwise));
    return true;
  }

  /** ALTER EXTENSION: objects become members, or stop to be, or move with it, and no row of their own is written. */
  #membersChangedHands({ members }: WhatMoved): boolean {
    const { altered, appeared, gone } = this.#known.changesIn("pg_extension");
    if (altered > 0) return true;
    const changed = members !== undefined && (members.recent > 0 || members.count !== this.#members);
    return changed && appeared + gone === 0;
  }

  async #render(ids: IdSet): Promise<void> {
    if (ids.size > 0) this.#take(ids, await render(this.#options.session, ids));
  }

  /** `rows`: what the objects with these ids are now. */
  #take(ids: IdSet, rows: readonly ReadRow[]): void {
    const left = new IdSet(ids);
    for (const row of rows) {
      const id = idOf(row);
      left.toggle(id, false);
      this.#known.put(id, row);
    }
    for (const id of left) if (renderable.has(id.catalog)) this.#known.delete(id);
  }
}

/** False where PostgreSQL says no. */
async function succeeds(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof PostgresError) return false;
    throw error;
  }
}

/** How many objects belong to extensions, or go with them. */
async function countMembers(session: Session): Promise<number> {
  const [row] = await session.query(
    "select count(*) from pg_depend d where d.refclassid = 'pg_extension'::regclass and d.deptype in ('e', 'x')",
  );
  return Number(row?.[0]);
}

/** Oids of the counted catalogs; 0 where this version has no such catalog. */
async function catalogOids(session: Session): Promise<string[]> {
  const rows = await session.query(
    `select coalesce(to_regclass('pg_catalog.' || c.name)::oid, 0)::text
      from unnest($1::text[]) with ordinality c(name, n) order by c.n`,
    [`{${counted.join(",")}}`],
  );
  return rows.map(([oid]) => oid ?? "0");
}

/** Statistics reach others within a second, or now. */
const handIn = "select pg_catalog.pg_stat_force_next_flush(), pg_catalog.current_setting('track_counts')";

/** False where they cannot be had. */
async function handInStatistics(session: Session): Promise<boolean> {
  if (!session.alive) return false;
  try {
    const [row] = await session.query(handIn);
    return row?.[1] === "on";
  } catch (error) {
    if (error instanceof PostgresError || error instanceof EngineLostError) return false;
    throw error;
  }
}
