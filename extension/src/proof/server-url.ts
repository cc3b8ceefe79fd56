import type * as vscode from "vscode";

const key = "switchback.serverUrl";

/** Where the engine `server` connects to. It holds a password, so it is a secret of the editor and no setting. */
export class ServerUrl {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  get(): Thenable<string | undefined> {
    return this.#secrets.get(key);
  }

  set(url: string): Thenable<void> {
    return this.#secrets.store(key, url);
  }

  clear(): Thenable<void> {
    return this.#secrets.delete(key);
  }
}
