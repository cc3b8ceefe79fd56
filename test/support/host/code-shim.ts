/**
 * Stands in for the `code` executable where VS Code itself cannot be downloaded: takes the arguments that
 * `@vscode/test-electron` passes, opens them in a VS Code server with headless Chromium, and exits like `code` would:
 * 0 the suite passed, 1 it failed, 2 it could not start, 124 it hung. SWITCHBACK_HOST says which host.
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { format } from "node:util";
import { CodeServer, launchBrowser } from "./code-server.ts";
import { hostNames, installHost } from "./hosts.ts";

const limit = Number(process.env.SWITCHBACK_HOST_TIMEOUT ?? 2_640_000);
const options = new Map<string, string[]>();
const folders: string[] = [];
for (const argument of process.argv.slice(2)) {
  const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
  if (name === undefined) folders.push(argument);
  else options.set(name, [...(options.get(name) ?? []), value ?? ""]);
}
const first = (name: string) => options.get(name)?.[0];

const name = hostNames.find((known) => known === process.env.SWITCHBACK_HOST) ?? "newest";
const server = await CodeServer.start({
  host: await installHost(name),
  userData: first("user-data-dir"),
  extensions: first("extensions-dir"),
  settings: JSON.parse(process.env.SWITCHBACK_HOST_SETTINGS ?? "{}"),
  trusted: !options.has("restricted-mode"),
  smokeTest: true,
});
process.exitCode = await runSuite().catch((error) => {
  console.error(error);
  return 2;
});
await server.stop();
process.exit();

async function runSuite(): Promise<number> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const ended = new Promise<number>((end) => {
      void page.exposeFunction("codeAutomationExit", (code: number) => end(code));
      page.on("crash", () => end(2));
      server.process.on("exit", () => end(2));
      setTimeout(() => end(124), limit);
    });
    await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
      if (process.env.SWITCHBACK_HOST_VERBOSE) console.log(`[${type}]`, format(...args));
    });
    await page.goto(
      server.url(folderToOpen(), [
        ...(options.get("extensionDevelopmentPath") ?? []).map(asUri("extensionDevelopmentPath")),
        ...(options.get("extensionTestsPath") ?? []).map(asUri("extensionTestsPath")),
      ]),
    );
    const code = await ended;
    if (code === 124) await page.screenshot({ path: join(server.folder, "..", "switchback-host-hung.png") });
    return code;
  } finally {
    await browser.close();
  }
}

function folderToOpen(): string {
  if (folders[0] !== undefined) return resolve(folders[0]);
  const empty = join(server.folder, "empty");
  mkdirSync(empty, { recursive: true });
  return empty;
}

function asUri(key: string): (path: string) => readonly [string, string] {
  return (path) => [key, server.uri(resolve(path))];
}
