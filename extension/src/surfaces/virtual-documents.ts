import * as vscode from "vscode";

/** A read-only text that lives in the editor only. */
export class VirtualDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #scheme: string;
  readonly #texts = new Map<string, string>();
  readonly #didChange = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#didChange.event;

  constructor(scheme: string) {
    this.#scheme = scheme;
    this.#subscriptions = vscode.Disposable.from(
      this.#didChange,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === scheme) this.#texts.delete(uri.toString());
      }),
    );
  }

  /** The same path shows the new text where it is open already. */
  put(path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: this.#scheme, path: path.startsWith("/") ? path : `/${path}` });
    this.#texts.set(uri.toString(), text);
    this.#didChange.fire(uri);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? "";
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
