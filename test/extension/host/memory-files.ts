import * as vscode from "vscode";

/** A file system that only this window knows, as virtual workspaces have. */
export class MemoryFiles implements vscode.FileSystemProvider {
  readonly #files = new Map<string, Uint8Array>();
  readonly #written = new Map<string, number>();
  #now = 0;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files))
      this.#files.set(`/${path}`, new TextEncoder().encode(text));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const file = this.#files.get(path);
    const type = file
      ? vscode.FileType.File
      : this.#below(path).length > 0
        ? vscode.FileType.Directory
        : undefined;
    if (type === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return { type, ctime: 0, mtime: this.#written.get(path) ?? 0, size: file?.length ?? 0 };
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    const below = this.#below(path).map((rest) => rest.split("/"));
    return [
      ...new Map(
        below.map(([name = "", ...more]) => [
          name,
          more.length > 0 ? vscode.FileType.Directory : vscode.FileType.File,
        ]),
      ),
    ];
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const file = this.#files.get(path);
    if (!file) throw vscode.FileSystemError.FileNotFound(path);
    return file;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    const type = this.#files.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    this.#files.set(uri.path, content);
    this.#written.set(uri.path, ++this.#now);
    this.#changed.fire([{ type, uri }]);
  }

  createDirectory(): void {}

  /** A file, or a folder with all that is in it. */
  delete(uri: vscode.Uri): void {
    const gone = this.#pathsOf(uri.path);
    for (const path of gone) this.#files.delete(path);
    this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    for (const path of this.#pathsOf(from.path)) {
      const moved = to.with({ path: to.path + path.slice(from.path.length) });
      this.writeFile(moved, this.readFile(from.with({ path })));
    }
    this.delete(from);
  }

  #pathsOf(path: string): string[] {
    const paths = this.#files.has(path) ? [path] : this.#below(path).map((rest) => `${path}/${rest}`);
    if (paths.length === 0) throw vscode.FileSystemError.FileNotFound(path);
    return paths;
  }

  #below(path: string): string[] {
    const prefix = path.endsWith("/") ? path : `${path}/`;
    return [...this.#files.keys()].filter((it) => it.startsWith(prefix)).map((it) => it.slice(prefix.length));
  }
}
