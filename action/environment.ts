import { readFileSync } from "node:fs";
import type { Payload } from "./event.ts";

/** What the runner tells about this run, in environment variables and a file. */
export interface Environment {
  readonly event: string;
  readonly payload: Payload;
  readonly sha: string;
  readonly owner: string;
  readonly repo: string;
  /** `https://github.com` */
  readonly server: string;
  /** The checkout. */
  readonly workspace: string;
  /** The page of this run, with its summary. */
  readonly runUrl?: string;
  /** A folder that is emptied after the job. */
  readonly temp: string;
  readonly summaryFile?: string;
}

export type ReadEnvironment =
  | { readonly ok: true; readonly environment: Environment }
  | { readonly ok: false; readonly problem: string };

export function readEnvironment(env: NodeJS.ProcessEnv): ReadEnvironment {
  const [owner = "", repo = ""] = (env["GITHUB_REPOSITORY"] ?? "").split("/");
  const workspace = env["GITHUB_WORKSPACE"] ?? process.cwd();
  const summaryFile = env["GITHUB_STEP_SUMMARY"];
  const server = env["GITHUB_SERVER_URL"] ?? "https://github.com";
  const runId = env["GITHUB_RUN_ID"];
  const read = readPayload(env["GITHUB_EVENT_PATH"]);
  if (!read.ok) return read;
  const environment = {
    event: env["GITHUB_EVENT_NAME"] ?? "",
    payload: read.payload,
    sha: env["GITHUB_SHA"] ?? "",
    owner,
    repo,
    server,
    workspace,
    temp: env["RUNNER_TEMP"] ?? workspace,
    ...(runId ? { runUrl: `${server}/${owner}/${repo}/actions/runs/${runId}` } : {}),
    ...(summaryFile ? { summaryFile } : {}),
  };
  return { ok: true, environment };
}

type ReadPayload =
  | { readonly ok: true; readonly payload: Payload }
  | { readonly ok: false; readonly problem: string };

function readPayload(path: string | undefined): ReadPayload {
  if (!path) return { ok: true, payload: {} };
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return noPayload(path, `cannot be read (${error instanceof Error ? error.message : error})`);
  }
  if (text.trim() === "") return noPayload(path, "is empty");
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    // What stands there is not quoted: nobody knows what it is.
    return noPayload(path, "is no JSON");
  }
  if (typeof payload !== "object" || payload === null || Array.isArray(payload))
    return noPayload(path, "holds no event, which is an object");
  // GitHub writes this file; its shape is its own promise.
  return { ok: true, payload };
}

function noPayload(path: string, what: string): ReadPayload {
  const remedy =
    "The runner writes it: start the job again, or where you name the file yourself, put the event there.";
  return { ok: false, problem: `The file of the event, ${path} (GITHUB_EVENT_PATH), ${what}. ${remedy}` };
}
