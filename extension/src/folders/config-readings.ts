import * as vscode from "vscode";
import type { Analysis } from "../analysis/analysis.ts";
import type { ConfigReading } from "../analysis/methods.ts";

/** A configuration was read, or is gone. */
export interface ConfigRead {
  readonly uri: vscode.Uri;
  readonly reading: ConfigReading | undefined;
}

/** What the configurations of the workspace say, as of the last search. */
export class ConfigReadings implements vscode.Disposable {
  readonly #analysis: Analysis;
  readonly #didRead = new vscode.EventEmitter<ConfigRead>();
  #known = new Map<string, vscode.Uri>();
  /** What a file said when it could be read last. */
  readonly #good = new Map<string, ConfigReading>();
  readonly onDidRead = this.#didRead.event;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** Begins a search: each file is read once in it. `end` tells what was read, and what is gone. */
  begin() {
    const readings = new Map<string, { uri: vscode.Uri; reading: Promise<ConfigReading> }>();
    return {
      read: (uri: vscode.Uri | undefined): Promise<ConfigReading> => {
        if (!uri) return this.#analysis.readConfig({ text: "" });
        const key = uri.toString();
        const known = readings.get(key) ?? { uri, reading: this.#read(uri) };
        readings.set(key, known);
        return known.reading;
      },
      end: async (): Promise<void> => {
        for (const [key, uri] of this.#known) {
          if (readings.has(key)) continue;
          this.#good.delete(key);
          this.#didRead.fire({ uri, reading: undefined });
        }
        this.#known = new Map([...readings].map(([key, { uri }]) => [key, uri]));
        for (const { uri, reading } of readings.values()) this.#didRead.fire({ uri, reading: await reading });
      },
    };
  }

  dispose(): void {
    this.#didRead.dispose();
  }

  async #read(uri: vscode.Uri): Promise<ConfigReading> {
    const open = vscode.workspace.textDocuments.find(
      (document) => document.uri.toString() === uri.toString(),
    );
    const text = open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const reading = await this.#analysis.readConfig({ text });
    const { problems } = reading;
    // A comma that is still to be typed must not take folders, findings and results away. What is saved counts as it is.
    const good = reading.unread && open?.isDirty ? this.#good.get(uri.toString()) : undefined;
    if (!reading.unread) this.#good.set(uri.toString(), reading);
    return good ? { ...good, problems } : reading;
  }
}
