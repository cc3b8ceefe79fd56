import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { GitHubStandIn } from "./github-stand-in/server.ts";

export interface BundleRun {
  /** `action/dist/main.mjs`, or another build of it. */
  readonly bundle: string;
  readonly event: string;
  /** A text stands in the file of the event as it is. */
  readonly payload: object | string;
  /** The checkout: path → text. Null: the repository was not checked out. */
  readonly checkout: Readonly<Record<string, string>> | null;
  /** Symbolic links of the checkout: path → what stands in the link. */
  readonly links?: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
  /** The binary of Node; this process's own by default. */
  readonly node?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Resolves when somebody cancels the job: the runner then interrupts the process. */
  readonly cancelled?: Promise<void>;
}

export interface BundleResult {
  readonly exitCode: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Text of a file that the run left behind; undefined where there is none. */
  readonly file: (path: string) => string | undefined;
  readonly ms: number;
  /** Milliseconds from the start to the moment when the log first had these words. */
  readonly heardAfter: (words: string) => number | undefined;
}

/** Runs the bundle as a runner would: its own process, a payload on disk, everything else in the environment. */
export async function runBundle(github: GitHubStandIn, run: BundleRun): Promise<BundleResult> {
  const folder = mkdtempSync(join(tmpdir(), "switchback-action-"));
  try {
    return await runIn(folder, github, run);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runIn(folder: string, github: GitHubStandIn, run: BundleRun): Promise<BundleResult> {
  const place = (name: string, text = "") => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  const workspace = join(folder, "workspace");
  mkdirSync(run.checkout === null ? workspace : join(workspace, ".git"), { recursive: true });
  for (const [path, text] of Object.entries(run.checkout ?? {})) place(join("workspace", path), text);
  for (const [path, target] of Object.entries(run.links ?? {})) symlinkSync(target, join(workspace, path));
  const outputFile = place("output");
  const summaryFile = place("summary.md");
  const inputs = { "github-token": "secret-token", engine: "pglite", ...run.inputs };
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    // What a run makes for later ones is made once for all tests.
    XDG_CACHE_HOME: join(process.env["SWITCHBACK_TEST_RUN"] ?? folder, "cache"),
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: github.url,
    GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: `${github.state.owner}/${github.state.repo}`,
    GITHUB_EVENT_NAME: run.event,
    GITHUB_EVENT_PATH: place(
      "event.json",
      typeof run.payload === "string" ? run.payload : JSON.stringify(run.payload),
    ),
    GITHUB_SHA: "f".repeat(40),
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: outputFile,
    GITHUB_STEP_SUMMARY: summaryFile,
    RUNNER_TEMP: join(folder, "temp"),
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
    ...run.env,
  };
  const started = performance.now();
  const { exitCode, heard } = await finished(run, workspace, env);
  const ms = performance.now() - started;
  const files = new Map<string, string>();
  for (const path of ["temp/switchback-report.json", "workspace/switchback.sarif"]) {
    const full = join(folder, path);
    if (existsSync(full)) files.set(path, readFileSync(full, "utf8"));
  }
  return {
    exitCode,
    log: heard.at(-1)?.log ?? "",
    outputs: parseOutputs(readFileSync(outputFile, "utf8")),
    summary: readFileSync(summaryFile, "utf8"),
    file: (path) => files.get(path),
    ms,
    heardAfter: (words) => {
      const moment = heard.find(({ log }) => log.includes(words));
      return moment && moment.at - started;
    },
  };
}

/** The log so far, and when it had come so far. */
interface Heard {
  readonly at: number;
  readonly log: string;
}

function finished(
  { node = process.execPath, bundle, cancelled }: BundleRun,
  cwd: string,
  env: Readonly<Record<string, string>>,
) {
  return new Promise<{ exitCode: number | null; heard: readonly Heard[] }>((resolve, reject) => {
    const child = spawn(node, [bundle], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    void cancelled?.then(() => child.kill("SIGINT"));
    const heard: Heard[] = [];
    const hear = (chunk: Buffer) =>
      heard.push({ at: performance.now(), log: `${heard.at(-1)?.log ?? ""}${chunk}` });
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, heard }));
  });
}

/** `name<<delimiter`, the value, the delimiter again. */
function parseOutputs(text: string): Record<string, string> {
  const found = text.matchAll(/^(.+?)<<(\S+)\n([\s\S]*?)\n\2$/gm);
  return Object.fromEntries([...found].map(([, name = "", , value = ""]) => [name, value]));
}
