import { bareVersion } from "../../migration/is-version.ts";
import type { Migration, Script, SourceFile } from "../../migration/model.ts";
import { EngineLostError, PostgresError } from "../../postgres/session.ts";
import type { LostValues, Phase, RowProof, RunError } from "../../report/model.ts";
import { describeFailure } from "../describe-failure.ts";
import type { ProvingGround } from "../proving-ground.ts";
import type { Limits, StoppedRun } from "../run-script.ts";
import { blamesRows } from "./blames-rows.ts";
import { type Filling, fillTables } from "./fill-tables.ts";
import { lostValues } from "./lost-values.ts";
import { snapshotRows } from "./snapshot-rows.ts";

export interface RowOptions {
  readonly limits: Limits;
  /** Fill every table that is empty. */
  readonly fill: boolean;
  /** A team's own rows, by the key of the version after whose up they go in. */
  readonly fixtures: ReadonlyMap<string, SourceFile>;
}

/** What the rows brought to light about one migration, to be weighed against its round trip without rows. */
export interface RowFacts extends RowProof {
  readonly stop?: { readonly phase: Phase; readonly error: RunError; readonly blamed: boolean };
}

/**
 * Goes up → down → up with rows in the tables, on a ground of its own, where the rows stay from one migration to the
 * next. The schema is not judged here: the proof without rows does that.
 */
export class RowTrial {
  readonly #ground: ProvingGround;
  readonly #options: RowOptions;
  readonly #told = new Set<string>();
  /** What is wrong with fixtures, until a migration that is reported on tells it. */
  #refused: RunError[] = [];

  constructor(ground: ProvingGround, options: RowOptions) {
    this.#ground = ground;
    this.#options = options;
  }

  /** Leaves the ground in the state after the up. */
  async run(migration: Migration): Promise<RowFacts> {
    const filling = await this.#fill();
    const { up } = migration;
    const trip = up ? await this.#trip(migration, up) : { lost: [] };
    await this.addFixture(migration);
    const refused = this.#refused.splice(0);
    return {
      ...trip,
      tables: filling.tables,
      unfilled: filling.unfilled.filter(({ table, reason }) => this.#isNews(`${table}: ${reason}`)),
      ...(refused.length > 0 ? { refused } : {}),
      notes: [],
    };
  }

  /** Runs the fixture of a version that has gone up. `told`: whether this run speaks of what is wrong with it. */
  async addFixture({ version }: Migration, told = true): Promise<void> {
    const file = this.#options.fixtures.get(bareVersion(version));
    if (!file) return;
    const script: Script = {
      direction: "up",
      file,
      start: 0,
      end: file.text.length,
      execution: { send: "whole", wrapped: false },
    };
    const run = await this.#ground.run(script);
    if (run.kind === "done") {
      this.#ground.remember(script);
      return;
    }
    if (told) this.#refused.push(await this.#describe(script, run));
    if (!(await this.#ground.wasUndone(script, run))) await this.#ground.restore();
  }

  async #trip(
    { down, declarations }: Migration,
    up: Script,
  ): Promise<Pick<RowFacts, "stop" | "lost" | "lossy">> {
    const ground = this.#ground;
    const session = () => ground.stage.session;
    const before = await snapshotRows(session());
    const [[since = null] = []] = await session().query("select pg_catalog.clock_timestamp()::text");
    const upRun = await ground.run(up);
    if (upRun.kind !== "done") {
      const stop = await this.#stop("up", up, upRun);
      // Without rows it may go up; later migrations build on it.
      await ground.restore();
      const again = await ground.run(up);
      if (again.kind === "done") ground.remember(up);
      else await ground.recover(up, again);
      return { stop, lost: [] };
    }
    ground.remember(up);
    if (!down || declarations.irreversible !== undefined) return { lost: [] };

    const risen = await ground.stage.read();
    const downRun = await ground.run(down);
    if (downRun.kind !== "done") {
      const stop = await this.#stop("down", down, downRun);
      await ground.restore();
      return { stop, lost: [] };
    }
    const lost: readonly LostValues[] = lostValues(before, await snapshotRows(session()), since ?? "");
    const told = {
      lost,
      ...(lost.length > 0 && declarations.lossy !== undefined ? { lossy: declarations.lossy } : {}),
    };
    const redoRun = await ground.run(up);
    if (redoRun.kind !== "done") {
      const stop = await this.#stop("redo", up, redoRun);
      await ground.restore();
      return { stop, ...told };
    }
    await ground.stage.read();
    if (lost.length > 0 || ground.stage.changesSince(risen, "after going up again").length > 0) {
      await ground.restore();
    }
    return told;
  }

  async #fill(): Promise<Filling> {
    if (!this.#options.fill) return { tables: 0, unfilled: [] };
    const { stage } = this.#ground;
    try {
      return await fillTables(stage.session);
    } catch (error) {
      if (!(error instanceof PostgresError) && !(error instanceof EngineLostError)) throw error;
      if (!(await stage.revive())) throw error;
      return { tables: 0, unfilled: [{ table: "every table", reason: error.message }] };
    }
  }

  async #stop(phase: Phase, script: Script, run: StoppedRun): Promise<NonNullable<RowFacts["stop"]>> {
    const error = await this.#describe(script, run);
    const { text } = script.file;
    const statement = error.range
      ? text
          .split(/\r\n|\n|\r/)
          .slice(error.range.start.line - 1)
          .join("\n")
          .slice(error.range.start.column - 1)
      : "";
    // A team's own rows are never wrong.
    return {
      phase,
      error: { ...error, onRows: true },
      blamed: !this.#options.fill || blamesRows(error, statement),
    };
  }

  #describe(script: Script, run: StoppedRun): Promise<RunError> {
    return describeFailure(this.#ground.stage, script, run, this.#options.limits);
  }

  #isNews(words: string): boolean {
    if (this.#told.has(words)) return false;
    this.#told.add(words);
    return true;
  }
}
