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
  if (problem !== undefined) {
    void vscode.window.showErrorMessage(problem);
    return;
  }
  await serverUrl.set(url);
  if (engineSetting().get("engine") !== "server") void offerEngine();
}

/** Forgets it, and says so: silence would look like a defect. */
export async function clearServerUrl(serverUrl: ServerUrl): Promise<void> {
  await serverUrl.clear();
  void vscode.window.showInformationMessage("The server's URL is forgotten.");
}

/** A URL alone changes nothing. */
async function offerEngine(): Promise<void> {
  const use = "Use It in This Workspace";
  const message = "The URL is kept. Round trips run there once switchback.roundTrip.engine is server.";
  if ((await vscode.window.showInformationMessage(message, use)) === use)
    await engineSetting().update("engine", "server", vscode.ConfigurationTarget.Workspace);
}

function engineSetting(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration("switchback.roundTrip");
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
