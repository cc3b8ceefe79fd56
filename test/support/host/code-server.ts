import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium } from "playwright-core";
import { chromiumPath, type Host } from "./hosts.ts";
import { quietSettings } from "./quiet-settings.ts";

/** Milliseconds that a server may take to start: hosts are tested on slow machines. */
const patience = 180_000;

export interface ServerOptions {
  readonly host: Host;
  /** Folders of an earlier run, or of `@vscode/test-electron`. */
  readonly userData?: string | undefined;
  readonly extensions?: string | undefined;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False: folders open in restricted mode, as they do for a person. */
  readonly trusted: boolean;
  /** Lets a page name the extension under development; hides notifications. */
  readonly smokeTest: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/** A running VS Code server with state of its own. `stop` removes both. */
export class CodeServer {
  readonly authority: string;
  readonly folder: string;
  readonly process: ChildProcess;

  private constructor(authority: string, folder: string, process: ChildProcess) {
    this.authority = authority;
    this.folder = folder;
    this.process = process;
  }

  static async start(options: ServerOptions): Promise<CodeServer> {
    const folder = mkdtempSync(join(tmpdir(), "switchback-host-"));
    const userData = options.userData || join(folder, "user-data");
    const extensions = options.extensions || join(folder, "extensions");
    for (const path of [join(userData, "User"), extensions, join(folder, "home"), join(folder, "server")])
      mkdirSync(path, { recursive: true });
    writeFileSync(
      join(userData, "User/settings.json"),
      JSON.stringify({ ...quietSettings, ...options.settings }),
    );
    const log = join(folder, "server.log");
    const output = openSync(log, "w");
    const { VSCODE_IPC_HOOK_CLI: _, ...inherited } = { ...process.env, ...options.env };
    const child = spawn(
      options.host.node,
      [
        options.host.server,
        ...["--host", "127.0.0.1", "--port", "0", "--without-connection-token"],
        ...["--accept-server-license-terms", "--telemetry-level", "off", "--disable-telemetry"],
        ...[
          "--server-data-dir",
          join(folder, "server"),
          "--user-data-dir",
          userData,
          "--extensions-dir",
          extensions,
        ],
        ...(options.trusted ? ["--disable-workspace-trust"] : []),
        ...(options.smokeTest ? ["--enable-smoke-test-driver"] : []),
      ],
      {
        env: { ...inherited, HOME: join(folder, "home"), XDG_RUNTIME_DIR: folder },
        stdio: ["ignore", output, output],
        // A group of its own: the extension host and the file watcher go with it.
        detached: true,
      },
    );
    const port = () => /agent listening on (\d+)/.exec(readFileSync(log, "utf8"))?.[1];
    const end = Date.now() + patience;
    while (port() === undefined) {
      if (Date.now() > end || child.exitCode !== null) {
        const said = readFileSync(log, "utf8");
        await new CodeServer("", folder, child).stop();
        throw new Error(`The VS Code server did not start:\n${said}`);
      }
      await sleep(50);
    }
    return new CodeServer(`127.0.0.1:${port()}`, folder, child);
  }

  /** How the workbench names a file of this machine. */
  uri(path: string): string {
    return `vscode-remote://${this.authority}${path}`;
  }

  /** Address of the workbench with a folder, or a `.code-workspace`, open. */
  url(open: string, payload: readonly (readonly [string, string])[] = []): string {
    const what = open.endsWith(".code-workspace") ? "workspace" : "folder";
    return `http://${this.authority}/?${what}=${encodeURIComponent(open)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
  }

  async stop(): Promise<void> {
    const { pid } = this.process;
    // What is left of its group would still write into the folder. In a container the dead may stay, for nobody reaps them.
    const [gentle, end] = [Date.now() + 10_000, Date.now() + 20_000];
    const signal = () => (Date.now() < gentle ? "SIGTERM" : "SIGKILL");
    while (pid !== undefined && Date.now() < end && signalled(pid, signal())) await sleep(100);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

export function launchBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (!executablePath)
    throw new Error("Chromium is not installed: apt-get install chromium fonts-dejavu-core");
  const args = [
    ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
    ...["--disable-component-update", "--no-first-run", "--disable-dev-shm-usage"],
  ];
  return chromium.launch({ executablePath, headless: true, args });
}

/** False where nobody of the group is left. */
function signalled(group: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}
