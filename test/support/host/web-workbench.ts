import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, extname, join, normalize } from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser } from "./code-server.ts";
import type { Host } from "./hosts.ts";
import { quietSettings } from "./quiet-settings.ts";
import type { CaseResult } from "./run-suite.ts";

export interface WebWorkbench {
  readonly host: Host;
  /** Folders that are served, by the first part of their path: `{ extension: "/tmp/…" }`. */
  readonly served: Readonly<Record<string, string>>;
  /** Which of them are extensions under development. */
  readonly extensions: readonly string[];
  /** Path of the bundled suite: `suite/web.js`. */
  readonly suite: string;
  /** What is open: a folder of a file system that one of the extensions brings. */
  readonly folder: string;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};
const limit = 2_640_000;

/**
 * The workbench of an installed VS Code as vscode.dev serves it: files from an HTTP server, and nothing else. Without a
 * server behind it, its only extension host is a worker of the browser. Resolves with what the suite reported.
 */
export async function runInWebWorkbench(workbench: WebWorkbench): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  const server = createServer((request, response) => answer(workbench, results, request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const code = await ended(page, server);
    if (code !== 0 && results.every(({ error }) => error === undefined))
      results.push({ name: "the host", ms: 0, error: `the suite ended with ${code}` });
    return results;
  } finally {
    await browser.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

/** The suite's exit code; 124 where it hung. */
async function ended(page: Page, server: Server): Promise<number> {
  const { port } = server.address() as AddressInfo;
  const exit = new Promise<number>((end) => {
    void page.exposeFunction("codeAutomationExit", (code: number) => end(code));
    page.on("crash", () => end(2));
    setTimeout(() => end(124), limit).unref();
  });
  await page.exposeFunction("codeAutomationLog", () => {});
  if (process.env.SWITCHBACK_HOST_VERBOSE) page.on("console", (message) => console.log(message.text()));
  // The worker's frame may load scripts from `localhost` over HTTP, and not from an address.
  await page.goto(`http://localhost:${port}/`);
  return exit;
}

function answer(
  workbench: WebWorkbench,
  results: CaseResult[],
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (pathname === "/") {
    response.setHeader("content-type", "text/html");
    response.end(page(workbench, String(request.headers.host)));
    return;
  }
  if (pathname === "/report") {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      results.push(JSON.parse(Buffer.concat(chunks).toString()));
      response.end();
    });
    return;
  }
  const [, first = "", ...rest] = normalize(decodeURIComponent(pathname)).split("/");
  const folder = first === "vscode" ? dirname(dirname(workbench.host.server)) : workbench.served[first];
  const file = folder && join(folder, ...rest);
  if (!file || !existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
  if (first === "vscode" && file.endsWith("/workbench/workbench.js"))
    response.end(untied(readFileSync(file, "utf8")));
  else createReadStream(file).pipe(response);
}

/** code-server ties the workbench and its settings to its server: without that they are where VS Code has them. */
function untied(workbench: string): string {
  return workbench
    .replace(",remoteAuthority:location.host}", "}")
    .replace(/(this\.userDataPath\)\.with\(\{scheme:)[\w.]+/, '$1"vscode-userdata"');
}

/** The workbench's own page, with a configuration that names no server. */
function page({ host, extensions, suite, folder }: WebWorkbench, authority: string): string {
  const at = (path: string) => ({ scheme: "http", authority, path: `/${path}` });
  const [scheme = "", path] = folder.split(":");
  const configuration = {
    folderUri: { scheme, path },
    userDataPath: "/",
    isEnabledFileDownloads: true,
    isEnabledFileUploads: true,
    isEnabledCoderGettingStarted: false,
    enableWorkspaceTrust: false,
    configurationDefaults: quietSettings,
    developmentOptions: {
      extensions: extensions.map(at),
      extensionTestsPath: at(suite),
      enableSmokeTestDriver: true,
    },
  };
  const out = dirname(host.server);
  const values: Readonly<Record<string, string>> = {
    WORKBENCH_WEB_CONFIGURATION: JSON.stringify(configuration).replaceAll('"', "&quot;"),
    WORKBENCH_AUTH_SESSION: "",
    WORKBENCH_WEB_BASE_URL: "/vscode",
    WORKBENCH_NLS_URL: "/vscode/out/nls.messages.js",
    WORKBENCH_NLS_FALLBACK_URL: "/vscode/out/nls.messages.js",
    WORKBENCH_SCRIPT_NONCE: "",
    BASE: "",
    VS_BASE: "",
  };
  const html = readFileSync(join(out, "vs/code/browser/workbench/workbench.html"), "utf8");
  return html.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
}
