/** Entry in an extension host of Node: on the desktop, over SSH, in containers, in code-server. */
import type * as vscode from "vscode";
import { nodeThread } from "./background/node-thread.ts";
import { proofEngines } from "./proof/methods.ts";
import { type Api, startExtension } from "./start-extension.ts";

export function activate(context: vscode.ExtensionContext): Api {
  return startExtension(context, {
    thread: (name) => nodeThread(context.asAbsolutePath(`dist/${name}.mjs`)),
    engines: proofEngines,
  });
}
