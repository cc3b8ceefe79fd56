import * as vscode from "vscode";
import type { MigrationInfo, Report, RoundTrip } from "#core/report/model.ts";
import type { Proposal } from "../analysis/methods.ts";
import { configuredFile } from "../folders/configured-file.ts";
import type { MigrationFolder } from "../folders/migration-folder.ts";
import type { ProofEngine, ProofEvent, ProofInput, ScratchInput } from "./methods.ts";
import { proofConfig } from "./proof-config.ts";
import type { Prover } from "./prover.ts";
import type { ServerUrl } from "./server-url.ts";

/** The settings say `server`, and nobody has said which. */
export class NoServerError extends Error {
  constructor() {
    super("No server is set for round trips. Run the command Switchback: Set Server URL first.");
  }
}

/** The last proof of a migration. */
export interface Proved {
  readonly roundTrip: RoundTrip;
  /** Up and down as they were proved. */
  readonly texts: readonly [string | undefined, string | undefined];
}

export interface RunOptions {
  /** Versions to prove; absent: all. */
  readonly only?: readonly string[];
  /** A person asked for this run, so that the engine of the settings may be used. */
  readonly onCommand: boolean;
  readonly token: vscode.CancellationToken;
  readonly onEvent?: (event: ProofEvent) => void;
}

/** Runs round trips and remembers what they said. */
export class RoundTrips implements vscode.Disposable {
  readonly #prover: Prover;
  readonly #serverUrl: ServerUrl;
  /** Those that run in this host. */
  readonly #engines: readonly ProofEngine[];
  readonly #proved = new Map<string, Proved>();
  /** How many runs that are not over yet want a migration. */
  readonly #wanted = new Map<string, number>();
  readonly #didChange = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#didChange.event;

  constructor(prover: Prover, serverUrl: ServerUrl, engines: readonly ProofEngine[]) {
    this.#prover = prover;
    this.#serverUrl = serverUrl;
    this.#engines = engines;
  }

  /** The last proof, and whether the migration's files are still as they were then. */
  of(folder: MigrationFolder, migration: MigrationInfo): { proved: Proved; current: boolean } | undefined {
    const proved = this.#proved.get(keyOf(folder, migration.name));
    if (!proved) return undefined;
    const now = textsOf(folder, migration);
    return { proved, current: now[0] === proved.texts[0] && now[1] === proved.texts[1] };
  }

  /** Is it proved right now, or about to be? */
  isRunning(folder: MigrationFolder, { name }: MigrationInfo): boolean {
    return this.#wanted.has(keyOf(folder, name));
  }

  async run(folder: MigrationFolder, options: RunOptions): Promise<Report> {
    const { session } = folder;
    await session.settled();
    const migrations = session.result?.migrations ?? [];
    const asked = migrations.filter(({ version }) => !options.only || options.only.includes(version));
    this.#count(folder, asked, 1);
    try {
      return await this.#run(folder, migrations, options);
    } finally {
      this.#count(folder, asked, -1);
    }
  }

  #count(folder: MigrationFolder, migrations: readonly MigrationInfo[], by: 1 | -1): void {
    for (const { name } of migrations) {
      const key = keyOf(folder, name);
      const runs = (this.#wanted.get(key) ?? 0) + by;
      if (runs > 0) this.#wanted.set(key, runs);
      else this.#wanted.delete(key);
    }
    this.#didChange.fire();
  }

  async #run(
    folder: MigrationFolder,
    migrations: readonly MigrationInfo[],
    options: RunOptions,
  ): Promise<Report> {
    // All of this is of one moment: the person types on.
    const texts = new Map(migrations.map((it) => [it.name, textsOf(folder, it)] as const));
    const seen = {
      foreseen: foreseen(folder, options.only),
      ...(options.only ? { only: options.only } : {}),
    };
    const input = await this.#scratch(folder, options.onCommand);
    const { signal, dispose } = abortedBy(options.token);
    try {
      const onEvent = (event: ProofEvent) => {
        // What was proved stays proved, whatever becomes of the rest.
        if (event.kind === "proved") {
          const { roundTrip } = event;
          const of = texts.get(roundTrip.name) ?? [undefined, undefined];
          this.#proved.set(keyOf(folder, roundTrip.name), { roundTrip, texts: of });
          this.#didChange.fire();
        }
        options.onEvent?.(event);
      };
      return await this.#prover.prove({ ...input, ...seen }, { signal, onEvent });
    } finally {
      dispose();
    }
  }

  get state(): Prover["state"] {
    return this.#prover.state;
  }

  /** The inverse of an up from the catalogs around it; undefined where an engine does not get there. */
  async proposeDown(
    folder: MigrationFolder,
    version: string,
    token: vscode.CancellationToken,
  ): Promise<Proposal | undefined> {
    await folder.session.settled();
    const input = await this.#scratch(folder, true);
    const { signal, dispose } = abortedBy(token);
    try {
      return await this.#prover.proposeDown({ ...input, version }, signal);
    } finally {
      dispose();
    }
  }

  async #scratch(folder: MigrationFolder, onCommand: boolean): Promise<ScratchInput> {
    const { session } = folder;
    // Before anything is waited for: the person types on.
    const files = session.paths.map((path) => [path, session.content(path) ?? ""] as const);
    const config = proofConfig(folder);
    const prelude = await configuredFile(folder, session.config.prelude);
    const engine = this.engineOf(folder, onCommand);
    const url = engine === "server" ? await this.#serverUrl.get() : undefined;
    if (engine === "server" && url === undefined) throw new NoServerError();
    return {
      folder: session.folder,
      files,
      config,
      engine,
      ...(url === undefined ? {} : { url }),
      ...(engine === "embedded" ? { cwd: folder.uri.fsPath } : {}),
      ...(prelude === undefined ? {} : { prelude }),
    };
  }

  /**
   * Only PGlite runs inside the editor's own walls. Binaries and Docker run the folder's SQL as a superuser of this
   * machine, and a server is somebody's: not without trust, not on a virtual file system, and never without being asked.
   */
  engineOf(folder: MigrationFolder, onCommand: boolean): ProofEngine {
    const wanted = vscode.workspace.getConfiguration("switchback", folder.uri).get("roundTrip.engine");
    const engine = this.#engines.find((known) => known === wanted) ?? "pglite";
    const allowed = onCommand && vscode.workspace.isTrusted && folder.uri.scheme === "file";
    return allowed ? engine : "pglite";
  }

  dispose(): void {
    this.#didChange.dispose();
  }
}

/** Of the migrations that are proved: a folder may have thousands of findings. */
function foreseen({ session }: MigrationFolder, only: readonly string[] | undefined): ProofInput["foreseen"] {
  const { result } = session;
  if (!result) return { findings: [] };
  const names = new Set(
    result.migrations.flatMap(({ name, version }) => (!only || only.includes(version) ? name : [])),
  );
  const findings = result.findings.filter(({ migration }) => migration !== undefined && names.has(migration));
  return { findings, ...(result.foreign ? { foreign: result.foreign } : {}) };
}

function abortedBy(token: vscode.CancellationToken): { signal: AbortSignal; dispose(): void } {
  const abort = new AbortController();
  const subscription = token.onCancellationRequested(() => abort.abort());
  if (token.isCancellationRequested) abort.abort();
  return { signal: abort.signal, dispose: () => subscription.dispose() };
}

function keyOf(folder: MigrationFolder, name: string): string {
  return `${folder.uri.toString()}#${name}`;
}

/** Line ends do not count: a document's are normalised, a file's are not. */
function textsOf(folder: MigrationFolder, { up, down }: MigrationInfo): Proved["texts"] {
  const text = (path: string | undefined) =>
    path === undefined ? undefined : folder.textOf(path)?.replaceAll("\r\n", "\n");
  return [text(up), text(down)];
}
