import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import type { HostName } from "./hosts.ts";

export interface SuiteRun {
  readonly host: HostName;
  /** Folder of the unpacked extension. */
  readonly extension: string;
  /** Source of the suite, which exports `run`. */
  readonly entry: string;
  /** Files of the workspace, by path. A `.code-workspace` among them is opened, else the folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly restricted?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export interface CaseResult {
  readonly name: string;
  readonly ms: number;
  readonly error?: string;
}

const root = join(import.meta.dirname, "../../..");

/**
 * Runs a suite in a real extension host through `@vscode/test-electron`. Where VS Code can be downloaded,
 * SWITCHBACK_VSCODE names a version (`stable`, `1.100.0`) and the desktop is used; else the VS Code server.
 */
export async function runSuite(suite: SuiteRun): Promise<CaseResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "switchback-suite-"));
  const report = join(folder, "report.jsonl");
  const workspace = join(folder, "workspace");
  writeFileSync(report, "");
  try {
    for (const [path, text] of Object.entries(suite.files)) {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), text);
    }
    const shim = join(import.meta.dirname, "code-shim.mjs");
    chmodSync(shim, 0o755);
    const version = process.env.SWITCHBACK_VSCODE;
    const opened = Object.keys(suite.files).find((path) => path.endsWith(".code-workspace"));
    const failure = await runTests({
      ...(version ? { version } : { vscodeExecutablePath: shim }),
      extensionDevelopmentPath: suite.extension,
      extensionTestsPath: await bundled(suite.entry, folder),
      launchArgs: [
        opened ? join(workspace, opened) : workspace,
        ...(suite.restricted ? ["--restricted-mode"] : []),
      ],
      extensionTestsEnv: {
        SWITCHBACK_HOST: suite.host,
        SWITCHBACK_HOST_REPORT: report,
        SWITCHBACK_HOST_SETTINGS: JSON.stringify(suite.settings ?? {}),
        ...suite.env,
      },
    }).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    const lines = readFileSync(report, "utf8")
      .split("\n")
      .filter((line) => line !== "");
    const results = lines.map((line): CaseResult => JSON.parse(line));
    // A host that dies says nothing of the test that it died in.
    if (failure && results.every((result) => !result.error))
      results.push({ name: "the host", ms: 0, error: failure });
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bundled(entry: string, folder: string): Promise<string> {
  const outfile = join(folder, "suite.cjs");
  await build({
    entryPoints: [entry],
    outfile,
    absWorkingDir: root,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    external: ["vscode"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  return outfile;
}
