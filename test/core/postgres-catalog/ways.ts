import { CatalogReader, type ReaderOptions } from "#core/postgres/catalog/catalog-reader.ts";
import { readCatalog } from "#core/postgres/catalog/read-catalog.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { openPglite } from "#core/postgres/pglite/open-pglite.ts";
import type { Engine, Session } from "#core/postgres/session.ts";
import { inFull } from "../../support/in-full.ts";
import { pgliteWorker } from "../../support/pglite-worker.ts";
import { definitions } from "./same-catalog.ts";

/** An engine, and whether the reader shares the session of the migrations, as it must on PGlite. */
export interface Way {
  readonly name: string;
  readonly major: number;
  readonly pglite: boolean;
  readonly shared: boolean;
  open(): Promise<Engine>;
}

function embedded(major: number, shared: boolean): Way {
  const name = `embedded ${major}${shared ? ", one session" : ""}`;
  return { name, major, pglite: false, shared, open: () => openEmbedded({ major }) };
}

const pglite: Way = {
  name: "PGlite",
  major: 18,
  pglite: true,
  shared: true,
  open: async () => openPglite({ worker: await pgliteWorker() }),
};

const newest = embedded(18, false);
const different = [embedded(15, false), newest, pglite];
const all = [...different, embedded(16, false), embedded(17, false), embedded(18, true)];

/** Every version and way in the full run; otherwise the oldest, the newest and PGlite. */
export const ways: readonly Way[] = inFull ? all : different;

/** For what takes long: only the newest, except in the full run. */
export const fewWays: readonly Way[] = inFull ? all : [newest];

/** A database that is migrated, read again after every step, and read in full for comparison. */
export class Watched {
  readonly migrating: Session;
  readonly reader: CatalogReader;
  readonly #full: Session;
  readonly #engine: Engine;
  readonly #ran: string[] = [];

  private constructor(engine: Engine, migrating: Session, full: Session, reader: CatalogReader) {
    this.#engine = engine;
    this.migrating = migrating;
    this.#full = full;
    this.reader = reader;
  }

  static async open(way: Way, base = "", reader: Pick<ReaderOptions, "large"> = {}): Promise<Watched> {
    const engine = await way.open();
    const database = await engine.createDatabase();
    const migrating = await database.connect();
    if (base) await migrating.execute(base);
    const full = engine.sessions > 1 ? await database.connect() : migrating;
    const session = way.shared ? migrating : await database.connect();
    return new Watched(
      engine,
      migrating,
      full,
      await CatalogReader.open({ session, shared: way.shared, ...reader }),
    );
  }

  /** Runs a script that the reader is told of, as it is of a migration's. */
  async run(sql: string): Promise<void> {
    this.hint(sql);
    await this.migrating.execute(sql);
  }

  /** What the reader is told that was run. */
  hint(sql: string): void {
    this.#ran.push(sql);
  }

  async full(): Promise<Map<string, string>> {
    return definitions(await readCatalog(this.#full));
  }

  async again(): Promise<Map<string, string>> {
    await this.reader.readChanges(this.migrating, this.#ran.splice(0));
    return definitions(this.reader.catalog.objects());
  }

  async stop(): Promise<void> {
    await this.#engine.stop();
  }
}
