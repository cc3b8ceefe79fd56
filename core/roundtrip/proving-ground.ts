import type { Script } from "../migration/model.ts";
import { namesObject } from "../postgres/names-object.ts";
import { type Database, type Engine, EngineLostError, type KeptState } from "../postgres/session.ts";
import { type ClusterObjects, clusterObjects, removeNewClusterObjects } from "./cluster-objects.ts";
import { isDiskFull, type Limits, type Run, type StoppedRun } from "./run-script.ts";
import { salvage } from "./salvage.ts";
import { traitsOf } from "./script-traits.ts";
import { Stage } from "./stage.ts";

/**
 * The stage that migrations are tried on, and the means to bring it back to a known state. Nothing is copied ahead of
 * time: only when a state is lost does a second database, the shadow, catch up by running the ups that were applied.
 * It becomes the new stage itself while they are few enough to run again the next time; then copies of it do.
 */
export class ProvingGround {
  readonly #reopen: () => Promise<Engine>;
  readonly #limits: Limits;
  readonly #found: ClusterObjects;
  /** Every text that was run, to tell what is ours on the server. */
  readonly #texts = new Set<string>();
  /** Ups that later migrations build on, in order; a failed one counts with the statements that work. */
  readonly #applied: Script[] = [];
  #engine: Engine;
  #stage: Stage;
  /** What the engine turned out to lack. */
  #lack: string | undefined;
  #lost = false;
  #shadow: { readonly database: Database; upTo: number } | undefined;
  /** Milliseconds that each script took when it ran last. */
  readonly #took = new Map<Script, number>();
  /** Milliseconds that the last copy took. */
  #copyMs: number | undefined;

  private constructor(
    engine: Engine,
    stage: Stage,
    found: ClusterObjects,
    reopen: () => Promise<Engine>,
    limits: Limits,
  ) {
    this.#engine = engine;
    this.#stage = stage;
    this.#found = found;
    this.#reopen = reopen;
    this.#limits = limits;
  }

  static async open(engine: Engine, reopen: () => Promise<Engine>, limits: Limits): Promise<ProvingGround> {
    const stage = await Stage.open(engine, await engine.createDatabase(), false);
    return new ProvingGround(engine, stage, await clusterObjects(stage.session), reopen, limits);
  }

  /** A ground that starts where `applied` led to, and was kept there. */
  static async onKept(
    engine: Engine,
    reopen: () => Promise<Engine>,
    limits: Limits,
    { database, note }: KeptState,
    applied: readonly Script[],
  ): Promise<ProvingGround> {
    const stage = await Stage.open(engine, database, true);
    const found = new Set(JSON.parse(note) as string[]);
    const ground = new ProvingGround(engine, stage, found, reopen, limits);
    for (const script of applied) {
      ground.#texts.add(script.file.text);
      ground.remember(script);
    }
    return ground;
  }

  get stage(): Stage {
    return this.#stage;
  }

  /** Keeps the present state for later runs, where the engine can. */
  async keep(key: string): Promise<void> {
    await this.#engine.baselines?.save(key, {
      database: this.#stage.database,
      note: JSON.stringify([...this.#found]),
    });
  }

  /** Runs a script on the stage. Nothing is remembered of it. */
  async run(script: Script): Promise<Run> {
    this.#texts.add(script.file.text);
    // A role cannot be dropped while another database speaks of it.
    if (traitsOf(script).dropsRoles) await this.#dropShadow();
    const run = await this.#stage.run(script, this.#limits);
    this.#took.set(script, run.ms);
    if (run.kind === "failed") this.#lack ??= this.#engine.lacks?.(run.error);
    return run;
  }

  /** Why the engine is to blame for a failure, if it is: it lacks something, and so does what was to be made with that. */
  excuse(run: StoppedRun): string | undefined {
    if (run.kind !== "failed") return undefined;
    return this.#engine.lacks?.(run.error) ?? (absent.has(run.error.sqlstate) ? this.#lack : undefined);
  }

  /** From now on the state after this up is the one to come back to. */
  remember(up: Script): void {
    this.#applied.push(up);
  }

  /** After an up that did not succeed: the state that the migrations after it find. */
  async recover(up: Script, run: StoppedRun): Promise<void> {
    if (isDiskFull(run)) await this.#renew();
    else if (run.kind === "failed") await this.#rescue(up);
    else if (!(await this.wasUndone(up, run))) await this.restore();
  }

  /** Did PostgreSQL roll back all that a script did before it was stopped, and is the stage still there? */
  async wasUndone(script: Script, run: StoppedRun): Promise<boolean> {
    return run.kind !== "engine-lost" && !traitsOf(script).partial && (await this.#stage.revive());
  }

  /**
   * After going up again failed: do those of its statements that work lead to where it led the first time? `isThere`
   * looks. Often they do, because what made it fail is what the down left behind; and to build that state anew costs
   * as much as all migrations before it.
   */
  async retrace(up: Script, run: StoppedRun, isThere: () => Promise<boolean>): Promise<boolean> {
    if (run.kind !== "failed") return false;
    try {
      await salvage(this.#stage, up, this.#limits);
      return await isThere();
    } catch (error) {
      if (error instanceof EngineLostError) return false;
      throw error;
    }
  }

  /**
   * The run left the stage in another state than that after all remembered ups. `ready` brings it back, for whoever
   * needs it; what may have cost the engine is not put off.
   */
  async lose(run: Run): Promise<void> {
    this.#lost = true;
    if (isDiskFull(run)) await this.#renew();
    else if (run.kind === "engine-lost" || run.kind === "timed-out") await this.restore();
  }

  /** To be awaited before the stage is used after what may have lost its state. */
  async ready(): Promise<void> {
    if (this.#lost) await this.restore();
  }

  /** Brings the stage to the state after all remembered ups. */
  async restore(): Promise<void> {
    this.#lost = false;
    const old = this.#stage;
    await old.close();
    try {
      this.#stage = await this.#nextStage();
      await old.database.drop();
    } catch (error) {
      if (!(error instanceof EngineLostError)) throw error;
      await this.#renew();
    }
  }

  /** The same state on another engine. A full disk is given up with the old one, which leaves files where it crashes. */
  async #renew(): Promise<void> {
    this.#lost = false;
    await this.#engine.stop();
    this.#engine = await this.#reopen();
    this.#shadow = undefined;
    this.#stage = await this.#nextStage();
  }

  /** Removes both databases, and what the scripts made beside them. */
  async close(): Promise<void> {
    try {
      await this.#dropShadow();
      if (await this.#stage.revive()) {
        await removeNewClusterObjects(this.#stage.session, this.#found, (name) =>
          [...this.#texts].some((text) => namesObject(text, name)),
        );
      }
      await this.#stage.close();
      await this.#stage.database.drop();
    } catch (error) {
      // A lost engine has no databases.
      if (!(error instanceof EngineLostError)) throw error;
    }
  }

  /** Must not decide over the migrations after it: what of a failed up works is kept for them. */
  async #rescue(up: Script): Promise<void> {
    try {
      await salvage(this.#stage, up, this.#limits);
      this.remember(up);
    } catch (error) {
      if (!(error instanceof EngineLostError)) throw error;
      await this.restore();
    }
  }

  async #nextStage(): Promise<Stage> {
    const started = performance.now();
    this.#shadow ??= { database: await this.#engine.createDatabase(), upTo: 0 };
    // A database with something in it has a few times the files of an empty one.
    const copyMs = this.#copyMs ?? 4 * (performance.now() - started);
    const { database, upTo } = this.#shadow;
    const stage = await Stage.open(this.#engine, database, true);
    for (const up of this.#applied.slice(upTo)) {
      const run = await stage.run(up, this.#limits);
      this.#took.set(up, run.ms);
      if (run.kind !== "done") await salvage(stage, up, this.#limits);
    }
    this.#shadow.upTo = this.#applied.length;
    // There may be no next time, so that more than a copy costs is risked.
    if (this.#replayMs() < 2 * copyMs) {
      this.#shadow = undefined;
      return stage;
    }
    await stage.close();
    return Stage.open(this.#engine, await this.#copyOf(database), true);
  }

  async #copyOf(database: Database): Promise<Database> {
    const started = performance.now();
    const copy = await database.copy();
    this.#copyMs = performance.now() - started;
    return copy;
  }

  /** Milliseconds that it takes to run everything again. */
  #replayMs(): number {
    return this.#applied.reduce((sum, up) => sum + (this.#took.get(up) ?? 0), 0);
  }

  async #dropShadow(): Promise<void> {
    await this.#shadow?.database.drop();
    this.#shadow = undefined;
  }
}

/** There is no such schema, relation, column, type or function. */
const absent: ReadonlySet<string> = new Set(["3F000", "42P01", "42703", "42704", "42883"]);
