import * as vscode from "vscode";
import "./diagnostics.suite.ts";
import "./actions.suite.ts";
import "./commands.suite.ts";
import "./round-trips.suite.ts";
import "./browser.suite.ts";
import { runCases } from "./runner.ts";
import { extensionId, inStep } from "./support.ts";

/** Set by the bundle: which tests run. */
declare const only: string;

/** Reports to the server that the extension comes from: a browser writes no files. */
export function run(): Promise<void> {
  const report = vscode.extensions.getExtension(extensionId)?.extensionUri.with({ path: "/report" });
  return runCases({
    report: async (line) => {
      await fetch(String(report), { method: "POST", body: JSON.stringify(line) });
    },
    only,
    before: inStep,
  });
}
