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
  let payload: Payload;
  try {
    payload = readPayload(env["GITHUB_EVENT_PATH"]);
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    return { ok: false, problem: `The file of the event, GITHUB_EVENT_PATH, cannot be read: ${why}` };
  }
  const environment = {
    event: env["GITHUB_EVENT_NAME"] ?? "",
    payload,
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

function readPayload(path: string | undefined): Payload {
  // GitHub writes this file; its shape is its own promise.
  return path ? (JSON.parse(readFileSync(path, "utf8")) as Payload) : {};
}
