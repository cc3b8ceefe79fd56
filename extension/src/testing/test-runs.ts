import * as vscode from "vscode";
import type { RoundTrip } from "#core/report/model.ts";
import type { Analysis } from "../analysis/analysis.ts";
import { CancelledError } from "../background/background.ts";
import type { MigrationFolder } from "../folders/migration-folder.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import { groupBy } from "../group-by.ts";
import { NoServerError, type RoundTrips } from "../proof/round-trips.ts";
import { leavesBehind, reportRoundTrip } from "./report-round-trip.ts";
import { RoundTripTests } from "./round-trip-tests.ts";

/** Some versions of a folder, or all of them. */
export interface WantedRun {
  readonly folder: MigrationFolder;
  readonly versions?: readonly string[];
}

/** Round trips in the Testing view, run from there, from a lens, from a command, or on save. */
export class TestRuns implements vscode.Disposable {
  readonly #controller: vscode.TestController;
  /** Also runs again on save, where the person turns that on. */
  readonly profile: vscode.TestRunProfile;
  readonly #tests: RoundTripTests;
  readonly #folders: MigrationFolders;
  readonly #roundTrips: RoundTrips;
  readonly #analysis: Analysis;
  readonly #log: vscode.LogOutputChannel;
  readonly #subscriptions: vscode.Disposable;

  constructor(
    folders: MigrationFolders,
    roundTrips: RoundTrips,
    analysis: Analysis,
    log: vscode.LogOutputChannel,
  ) {
    this.#folders = folders;
    this.#roundTrips = roundTrips;
    this.#analysis = analysis;
    this.#log = log;
    this.#controller = vscode.tests.createTestController("switchback.roundTrips", "Migration Round Trips");
    this.#tests = new RoundTripTests(this.#controller, folders);
    this.profile = this.#controller.createRunProfile(
      "Round trip",
      vscode.TestRunProfileKind.Run,
      (request, token) =>
        request.continuous ? this.#watch(request, token) : this.#start(request, token, true),
      true,
      undefined,
      true,
    );
    this.#subscriptions = vscode.Disposable.from(
      this.#controller,
      this.profile,
      folders.onDidChangeMigrations(() => this.#tests.update()),
      folders.onDidChange(() => this.#tests.update()),
    );
  }

  /** Proves what a person asked for, of as many folders as it is, in one run: cancelled once, all of it is. */
  async run(wanted: readonly WantedRun[]): Promise<void> {
    await Promise.all(wanted.map(({ folder }) => folder.session.settled()));
    this.#tests.update();
    const items = wanted.flatMap(({ folder, versions }) =>
      (folder.session.result?.migrations ?? [])
        .filter(({ version }) => !versions || versions.includes(version))
        .flatMap(({ name }) => this.#tests.find(folder, name) ?? []),
    );
    const source = new vscode.CancellationTokenSource();
    try {
      await this.#start(new vscode.TestRunRequest(items), source.token, true);
    } finally {
      source.dispose();
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #start(
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    onCommand: boolean,
  ): Promise<void> {
    const included = request.include ?? [...this.#controller.items].map(([, item]) => item);
    const items = this.#tests.migrationsIn(included, request.exclude ?? []);
    const run = this.#controller.createTestRun(request);
    try {
      if (!vscode.workspace.isTrusted) {
        run.appendOutput(
          "Not run: a round trip runs the SQL of this folder, and the workspace is not trusted.\r\n",
        );
        for (const item of items) run.skipped(item);
        return;
      }
      for (const item of items) run.enqueued(item);
      const byFolder = groupBy(items, (item) => this.#tests.tested(item)?.folder);
      for (const [folder, inFolder] of byFolder) {
        if (folder) await this.#runFolder(run, folder, inFolder, token, onCommand);
      }
    } finally {
      run.end();
    }
  }

  async #runFolder(
    run: vscode.TestRun,
    folder: MigrationFolder,
    items: readonly vscode.TestItem[],
    token: vscode.CancellationToken,
    onCommand: boolean,
  ): Promise<void> {
    const waiting = new Map(items.map((item) => [item.label, item]));
    let told: Promise<void> = Promise.resolve();
    const only = items.flatMap((item) => this.#tests.tested(item)?.version ?? []);
    // The button of the run and the one of whoever asked for it both stop it.
    const stop = new vscode.CancellationTokenSource();
    const subscriptions = [token, run.token].map((it) => it.onCancellationRequested(() => stop.cancel()));
    if (token.isCancellationRequested || run.token.isCancellationRequested) stop.cancel();
    try {
      const report = await this.#roundTrips.run(folder, {
        only,
        onCommand,
        token: stop.token,
        onEvent: (event) => {
          if (event.kind === "engine")
            run.appendOutput(`PostgreSQL ${event.postgres} (${event.name}), scratch databases only\r\n`);
          const item = event.kind === "proving" ? waiting.get(event.name) : undefined;
          if (item) run.started(item);
          for (const [, step] of item?.children ?? []) run.started(step);
          // Told at once: of a large folder the first verdict is there long before the last.
          const proved = event.kind === "proved" ? waiting.get(event.roundTrip.name) : undefined;
          if (event.kind !== "proved" || !proved) return;
          waiting.delete(event.roundTrip.name);
          const { roundTrip } = event;
          told = told.then(() => this.#tell(run, proved, folder, roundTrip));
        },
      });
      if (report.unproved) {
        run.appendOutput(`${report.unproved.replaceAll("\n", "\r\n")}\r\n`);
        if (onCommand) sayNotProved(report.unproved);
      }
      for (const item of waiting.values()) run.skipped(item);
    } catch (error) {
      this.#stopped(run, [...waiting.values()], error);
    } finally {
      await told;
      for (const subscription of subscriptions) subscription.dispose();
      stop.dispose();
    }
  }

  async #tell(
    run: vscode.TestRun,
    item: vscode.TestItem,
    folder: MigrationFolder,
    roundTrip: RoundTrip,
  ): Promise<void> {
    const { id, result } = folder.session;
    const { version } = roundTrip;
    const change = leavesBehind(roundTrip)
      ? await this.#analysis.schemaChange({ id, version }).catch(() => undefined)
      : undefined;
    const findings = result?.findings ?? [];
    reportRoundTrip({ run, item, folder, roundTrip, findings, schema: change?.before ?? "" });
  }

  #stopped(run: vscode.TestRun, items: readonly vscode.TestItem[], error: unknown): void {
    if (error instanceof CancelledError || error instanceof NoServerError) {
      for (const item of items) run.skipped(item);
      if (error instanceof NoServerError) void askForServer(error.message);
      return;
    }
    const reason = error instanceof Error ? error.message : String(error);
    this.#log.error(`The round trip was lost: ${reason}`);
    for (const item of items) run.errored(item, new vscode.TestMessage(`The round trip was lost: ${reason}`));
  }

  /** Proves a migration again whenever one of its files is saved, until the person turns it off. */
  async #watch(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const saved = vscode.workspace.onDidSaveTextDocument(async ({ uri }) => {
      const folder = this.#folders.of(uri);
      await folder?.session.settled();
      const migration = folder?.migrationOf(uri)?.migration;
      const item = folder && migration && this.#tests.find(folder, migration.name);
      if (!item) return;
      const included = request.include ?? [...this.#controller.items].map(([, it]) => it);
      if (!this.#tests.migrationsIn(included, request.exclude ?? []).includes(item)) return;
      const again = new vscode.TestRunRequest([item], undefined, request.profile, true);
      await this.#start(again, token, false);
    });
    token.onCancellationRequested(() => saved.dispose());
  }
}

/** A run that does nothing and says nothing looks like a defect. */
function sayNotProved(why: string): void {
  void vscode.window.showWarningMessage(why.split("\n", 1)[0] ?? why);
}

async function askForServer(why: string): Promise<void> {
  const set = "Set Server URL";
  if ((await vscode.window.showWarningMessage(why, set)) === set)
    await vscode.commands.executeCommand("switchback.setServerUrl");
}
