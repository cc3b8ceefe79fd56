import * as vscode from "vscode";
import type { Analysis } from "../analysis/analysis.ts";
import { CancelledError } from "../background/background.ts";
import type { MigrationFolder } from "../folders/migration-folder.ts";
import type { MigrationFolders } from "../folders/migration-folders.ts";
import { groupBy } from "../group-by.ts";
import type { RoundTrips } from "../proof/round-trips.ts";
import { reportRoundTrip } from "./report-round-trip.ts";
import { RoundTripTests } from "./round-trip-tests.ts";

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

  /** Proves some versions of a folder, or all of them, because a person asked for it. */
  async run(folder: MigrationFolder, versions: readonly string[] | undefined): Promise<void> {
    await folder.session.settled();
    this.#tests.update();
    const wanted = (folder.session.result?.migrations ?? []).filter(
      ({ version }) => !versions || versions.includes(version),
    );
    const items = wanted
      .map(({ name }) => this.#tests.find(folder, name))
      .filter((item) => item !== undefined);
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
    const byName = new Map(items.map((item) => [item.label, item]));
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
          const item = event.kind === "proving" ? byName.get(event.name) : undefined;
          if (item) run.started(item);
          for (const [, step] of item?.children ?? []) run.started(step);
        },
      });
      if (report.unproved) run.appendOutput(`${report.unproved.replaceAll("\n", "\r\n")}\r\n`);
      for (const item of items) {
        const roundTrip = report.roundTrips.find(({ name }) => name === item.label);
        if (!roundTrip) {
          run.skipped(item);
          continue;
        }
        const { version } = roundTrip;
        const change = await this.#analysis.schemaChange({ id: folder.session.id, version });
        reportRoundTrip({
          run,
          item,
          folder,
          roundTrip,
          findings: report.findings,
          schema: change?.before ?? "",
        });
      }
    } catch (error) {
      this.#stopped(run, items, error);
    } finally {
      for (const subscription of subscriptions) subscription.dispose();
      stop.dispose();
    }
  }

  #stopped(run: vscode.TestRun, items: readonly vscode.TestItem[], error: unknown): void {
    if (error instanceof CancelledError) {
      for (const item of items) run.skipped(item);
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
