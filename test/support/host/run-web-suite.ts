import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { type HostName, installHost } from "./hosts.ts";
import type { CaseResult } from "./run-suite.ts";
import { runInWebWorkbench } from "./web-workbench.ts";

const root = join(import.meta.dirname, "../../..");
const suites = join(root, "test/extension/host");

/** Runs `test/extension/host/web.ts` in the extension host of a browser, beside a file system that lives in the tab. */
export async function runWebSuite(host: HostName, extension: string): Promise<CaseResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "switchback-web-"));
  const files = join(folder, "files");
  try {
    mkdirSync(files);
    const manifest = {
      ...{ name: "files", publisher: "switchback-test", version: "0.0.1", engines: { vscode: "^1.100.0" } },
      ...{ browser: "./web-files.js", activationEvents: ["onFileSystem:switchback-web"] },
    };
    writeFileSync(join(files, "package.json"), JSON.stringify(manifest));
    await build({ ...bundle, entryPoints: [join(suites, "web-files.ts")], outdir: files });
    await build({
      ...bundle,
      entryPoints: [join(suites, "web.ts")],
      outdir: files,
      alias: { "node:assert/strict": join(suites, "web-assert.ts") },
      define: { only: JSON.stringify(process.env.SWITCHBACK_HOST_ONLY ?? "") },
    });
    return await runInWebWorkbench({
      host: await installHost(host),
      served: { extension, files },
      extensions: ["extension", "files"],
      // The workbench runs tests in the host of the extension that they lie in.
      suite: "files/web.js",
      folder: "switchback-web:/shop",
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const bundle: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  format: "cjs",
  platform: "browser",
  target: "es2022",
  external: ["vscode"],
  logLevel: "warning",
};
