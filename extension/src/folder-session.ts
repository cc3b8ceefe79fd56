import { dequal } from "dequal";
import type { Config } from "#core/config/config.ts";
import type { FileContent, FolderId, LintInput, LintResult } from "./analysis/methods.ts";

/** What a session needs of the analysis thread. */
export interface Linter {
  lint(input: LintInput): Promise<LintResult>;
  /** Of the thread that the next call goes to; a new one has forgotten every file. */
  readonly generation: number;
}

export interface SessionOptions {
  readonly id: FolderId;
  /** The migration folder as messages show it. */
  readonly folder: string;
  readonly config: Config;
  /** Files of other tools that tell the runner. */
  readonly nearby: readonly string[];
  /** Milliseconds of quiet before a change is checked. */
  readonly debounce: number;
  readonly onResult: (result: LintResult, previous: LintResult | undefined) => void;
  readonly onFailure: (error: unknown) => void;
}

/**
 * The files of one migration folder as the editor has them, saved or not, and what is found in them. Changes are
 * collected, checked off the host's thread after a pause, and a result that a newer change overtook is thrown away.
 */
export class FolderSession {
  readonly id: FolderId;
  readonly folder: string;
  #config: Config;
  #nearby: readonly string[];
  #result: LintResult | undefined;
  readonly #linter: Linter;
  readonly #options: SessionOptions;
  readonly #files = new Map<string, () => FileContent>();
  readonly #dirty = new Set<string>();
  #generation = -1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;
  #stale = false;
  #held = false;
  #disposed = false;
  #waiting: (() => void)[] = [];

  constructor(linter: Linter, options: SessionOptions) {
    this.#linter = linter;
    this.#options = options;
    this.#config = options.config;
    this.#nearby = options.nearby;
    this.id = options.id;
    this.folder = options.folder;
  }

  /** The last result that no change has overtaken yet, or the one before while a check is under way. */
  get result(): LintResult | undefined {
    return this.#result;
  }

  get config(): Config {
    return this.#config;
  }

  get paths(): readonly string[] {
    return [...this.#files.keys()];
  }

  /** Is a change waiting or being checked? */
  get pending(): boolean {
    return this.#timer !== undefined || this.#running || this.#held;
  }

  /** Checks nothing until `release`: a half of a folder lacks what is in the other half. */
  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    if (this.#stale) this.#flush();
    else if (!this.pending) this.#wake();
  }

  content(path: string): FileContent | undefined {
    return this.#files.get(path)?.();
  }

  /** `content` is asked for when the check begins, not before. */
  set(path: string, content: () => FileContent): void {
    this.#files.set(path, content);
    this.#change(path);
  }

  delete(path: string): void {
    if (this.#files.delete(path)) this.#change(path);
  }

  /** Checks again where they differ from those that it has. */
  configure(config: Config, nearby: readonly string[]): void {
    if (dequal([config, nearby], [this.#config, this.#nearby])) return;
    this.#config = config;
    this.#nearby = nearby;
    this.#schedule();
  }

  /** Checks what waits without waiting longer, and resolves when there is a result for the files as they are. */
  async settled(): Promise<LintResult | undefined> {
    if (this.#timer !== undefined) this.#flush();
    while (this.pending && !this.#disposed) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.#result;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wake();
  }

  #change(path: string): void {
    this.#dirty.add(path);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#disposed) return;
    this.#stale = true;
    clearTimeout(this.#timer);
    if (this.#held) return;
    this.#timer = setTimeout(() => this.#flush(), this.#options.debounce);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // One check at a time: what changes meanwhile is checked as soon as it is done.
    if (!this.#running && !this.#disposed) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    this.#stale = false;
    const fresh = this.#generation !== this.#linter.generation;
    const paths = fresh ? [...this.#files.keys()] : [...this.#dirty];
    this.#dirty.clear();
    try {
      const changed = paths.map((path) => [path, this.#files.get(path)?.() ?? null] as const);
      this.#generation = this.#linter.generation;
      const { id, folder } = this;
      const [config, nearby] = [this.#config, this.#nearby];
      const result = await this.#linter.lint({ id, folder, config, nearby, changed, fresh });
      if (!this.#stale && !this.#disposed) {
        const previous = this.#result;
        this.#result = result;
        this.#options.onResult(result, previous);
      }
    } catch (error) {
      // Whatever the thread knew is not to be relied on any more.
      this.#generation = -1;
      if (!this.#disposed) this.#options.onFailure(error);
    }
    this.#running = false;
    if (this.#stale && this.#timer === undefined && !this.#disposed) void this.#run();
    else if (!this.pending) this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
