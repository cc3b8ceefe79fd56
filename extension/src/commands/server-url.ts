import * as vscode from "vscode";
import { parseUrl } from "#core/postgres/server/parse-url.ts";
import { EngineUnavailableError } from "#core/postgres/session.ts";
import type { ServerUrl } from "../proof/server-url.ts";

/** Asks for the server that round trips may run on, and keeps it where the editor keeps secrets. */
export async function setServerUrl(serverUrl: ServerUrl, given: unknown): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage("Trust the workspace first: its SQL would run on that server.");
    return;
  }
  const url = typeof given === "string" ? given : await askUrl();
  if (url === undefined) return;
  const problem = problemOf(url);
  if (problem === undefined) await serverUrl.set(url);
  else void vscode.window.showErrorMessage(problem);
}

function askUrl(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: "PostgreSQL server for round trips",
    prompt: "Switchback makes scratch databases of its own there, drops them, and touches no other",
    placeHolder: "postgres://user:password@localhost:5432/postgres",
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value === "" ? undefined : problemOf(value)),
  });
}

/** As the engine will read it. Says nothing of what was typed: it may hold a password. */
function problemOf(url: string): string | undefined {
  try {
    parseUrl(url);
    return undefined;
  } catch (error) {
    if (error instanceof EngineUnavailableError) return error.message;
    throw error;
  }
}
