import * as vscode from "vscode";
import { Analysis } from "./analysis/analysis.ts";
import type { Thread } from "./background/background.ts";
import { registerCommands } from "./commands/register-commands.ts";
import { MigrationFolders } from "./folders/migration-folders.ts";
import type { ProofEngine } from "./proof/methods.ts";
import { Prover } from "./proof/prover.ts";
import { RoundTrips } from "./proof/round-trips.ts";
import { ServerUrl } from "./proof/server-url.ts";
import { CodeActions } from "./surfaces/code-actions.ts";
import { registerCodeLens } from "./surfaces/code-lens.ts";
import { setContextKeys } from "./surfaces/context-keys.ts";
import { showDiagnostics } from "./surfaces/diagnostics.ts";
import { registerHover } from "./surfaces/hover.ts";
import { registerLanguageStatus } from "./surfaces/language-status.ts";
import { registerLocks } from "./surfaces/locks.ts";
import { TestRuns } from "./testing/test-runs.ts";

const proverTimes = { grace: 2_000, idle: 600_000 };

/** What differs between an extension host in Node and one in a browser. */
export interface Host {
  /** Starts one of the bundle's threads. */
  thread(name: "analysis" | "proof"): Thread;
  /** What it can prove on. */
  readonly engines: readonly ProofEngine[];
}

/** What the tests of the extension reach beside the editor's own interface. */
export interface Api {
  readonly folders: MigrationFolders;
  readonly roundTrips: RoundTrips;
  readonly prover: Prover;
  readonly runs: TestRuns;
  /** Milliseconds for which activation held the host up. */
  readonly activated: number;
}

/** Wires everything together. */
export function startExtension(context: vscode.ExtensionContext, host: Host): Api {
  const started = performance.now();
  const log = vscode.window.createOutputChannel("Switchback", { log: true });
  const analysis = new Analysis(() => host.thread("analysis"));
  const prover = new Prover(() => host.thread("proof"), proverTimes);
  const folders = new MigrationFolders(analysis, log);
  const serverUrl = new ServerUrl(context.secrets);
  const roundTrips = new RoundTrips(prover, serverUrl, host.engines);
  const runs = new TestRuns(folders, roundTrips, analysis, log);
  context.subscriptions.push(
    log,
    analysis,
    prover,
    folders,
    roundTrips,
    runs,
    showDiagnostics(folders),
    setContextKeys(folders),
    CodeActions.register(folders, analysis),
    // Of one place the editor shows first what was registered last: how it went and what is wrong, then what it locks.
    registerLocks(folders, analysis),
    registerCodeLens(folders, roundTrips),
    registerHover(folders),
    registerLanguageStatus(folders, roundTrips),
    registerCommands(folders, analysis, roundTrips, runs, serverUrl),
  );
  const onlyPglite = host.engines.every((engine) => engine === "pglite");
  void vscode.commands.executeCommand("setContext", "switchback.onlyPglite", onlyPglite);
  // Not awaited: the editor is not held up by a search of its files.
  void folders.scan();
  return { folders, roundTrips, prover, runs, activated: performance.now() - started };
}
