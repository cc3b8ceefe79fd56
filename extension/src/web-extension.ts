/** Entry in an extension host of a browser: vscode.dev, github.dev. */
import type * as vscode from "vscode";
import { webThread } from "./background/web-thread.ts";
import { type Api, startExtension } from "./start-extension.ts";

export function activate(context: vscode.ExtensionContext): Api {
  const assets = `${context.extensionUri.toString()}/dist/`;
  return startExtension(context, {
    thread: (name) => webThread(assets, `web/${name}.js`),
    engines: ["pglite"],
  });
}
