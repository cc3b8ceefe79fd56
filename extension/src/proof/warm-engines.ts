import { readAhead } from "#core/postgres/catalog/read-ahead.ts";
import type { EngineChoice } from "#core/postgres/open-engine.ts";
import type { Baselines, Database, Engine, KeptState } from "#core/postgres/session.ts";

/** A database made ahead: an empty one, or one in the state from which the last proof started. */
type Spare =
  | { readonly kind: "empty"; readonly database: Database }
  | { readonly kind: "baseline"; readonly key: string; readonly state: KeptState };

/** The built-in engine between two proofs, with a database made ahead: both cost more than most proofs. */
interface Warm {
  readonly engine: Engine;
  readonly spare: Promise<Spare | undefined>;
}

export type OpenEngine = (choice: EngineChoice, signal: AbortSignal) => Promise<Engine>;

/** Keeps the built-in engine running between proofs. The others are started for each run and removed after it. */
export class WarmEngines {
  readonly #openEngine: OpenEngine;
  #warm: Warm | undefined;

  constructor(openEngine: OpenEngine) {
    this.#openEngine = openEngine;
  }

  async open(choice: EngineChoice, signal: AbortSignal): Promise<Engine> {
    if (choice.engine !== "pglite") return this.#openEngine(choice, signal);
    const warm = this.#warm;
    // One that is in use is never handed out again.
    this.#warm = undefined;
    if (!warm) return this.#keeping(await this.#openEngine(choice, signal), undefined);
    const spare = await warm.spare;
    if (spare) return this.#keeping(warm.engine, spare);
    await warm.engine.stop();
    return this.#keeping(await this.#openEngine(choice, signal), undefined);
  }

  #keeping(engine: Engine, spare: Spare | undefined): Engine {
    const use = new WarmUse(engine, spare);
    return {
      name: engine.name,
      postgres: engine.postgres,
      major: engine.major,
      sessions: engine.sessions,
      ...(engine.note === undefined ? {} : { note: engine.note }),
      ...(use.baselines ? { baselines: use.baselines } : {}),
      createDatabase: () => use.createDatabase(),
      stop: async () => {
        // A proof that opened a second engine gave the first one up.
        if (use.lost || this.#warm) await engine.stop();
        else this.#warm = { engine, spare: use.nextSpare() };
      },
    };
  }
}

/** What one proof takes from a warm engine, and so what the next one will probably want. */
class WarmUse {
  readonly #engine: Engine;
  readonly baselines: Baselines | undefined;
  #spare: Spare | undefined;
  #key: string | undefined;
  lost = false;

  constructor(engine: Engine, spare: Spare | undefined) {
    this.#engine = engine;
    this.#spare = spare;
    const { baselines } = engine;
    this.baselines = baselines && {
      // Made ahead, it takes nothing; and it is the same one for most of a working day.
      loadMs: 100,
      load: async (key) => {
        this.#key = key;
        const ready = this.#take("baseline");
        if (ready?.key === key) return ready.state;
        await ready?.state.database.drop();
        return baselines.load(key);
      },
      save: (key, state) => baselines.save(key, state),
    };
  }

  async createDatabase(): Promise<Database> {
    try {
      return this.#take("empty")?.database ?? (await this.#engine.createDatabase());
    } catch (error) {
      this.lost = true;
      throw error;
    }
  }

  /** Undefined where the engine cannot make one any more. */
  async nextSpare(): Promise<Spare | undefined> {
    try {
      if (this.#spare?.kind === "baseline" || (this.#spare && !this.#key)) return this.#spare;
      await this.#take("empty")?.database.drop();
      const state = this.#key && (await this.#engine.baselines?.load(this.#key));
      const database = state ? state.database : await this.#engine.createDatabase();
      await readAhead(database);
      return this.#key && state ? { kind: "baseline", key: this.#key, state } : { kind: "empty", database };
    } catch {
      return undefined;
    }
  }

  #take<K extends Spare["kind"]>(kind: K): Extract<Spare, { kind: K }> | undefined {
    const spare = this.#spare;
    if (spare?.kind !== kind) return undefined;
    this.#spare = undefined;
    return spare as Extract<Spare, { kind: K }>;
  }
}
