import { check } from "#core/check.ts";
import type { Config } from "#core/config/config.ts";
import { LintSession } from "#core/lint/session/lint-session.ts";
import { pastNewest } from "#core/migration/history-end.ts";
import type { Layout } from "#core/migration/layout/layout.ts";
import type { Migration, RawFile, Script } from "#core/migration/model.ts";
import type { FolderReading } from "#core/migration/read-migrations.ts";
import { FolderLayout } from "./folder-layout.ts";
import type { FileContent, FolderId, FolderMigration, LintInput, LintResult } from "./methods.ts";

/** A folder as the thread knows it. */
interface KnownFolder {
  readonly files: Map<string, RawFile>;
  readonly layout: FolderLayout;
  readonly session: LintSession;
  config: Config;
  /** As of the last check. */
  reading: FolderReading | undefined;
}

/** A migration and its history. */
export interface FoundMigration {
  readonly layout: Layout;
  readonly migrations: readonly Migration[];
  readonly migration: Migration;
  readonly config: Config;
}

const encoder = new TextEncoder();

/** The files of every folder, kept between calls: only what changed is sent over. */
export class Folders {
  readonly #folders = new Map<string, KnownFolder>();

  async lint({ id, folder, config, nearby, changed, fresh }: LintInput): Promise<LintResult> {
    const started = performance.now();
    const known = this.#known({ id, folder, config, fresh });
    for (const [path, content] of changed) {
      if (content === null) known.files.delete(path);
      else known.files.set(path, { path, bytes: bytesOf(content) });
    }
    const files = [...known.files.values()];
    const layout = known.layout.of(config.layout, files, nearby).name;
    const input = { folder, files, config: { ...config, layout }, lint: true, prove: false };
    let foreign: true | undefined;
    const { findings } = await check(input, {
      lint: async (asked) => {
        known.reading = asked.folder;
        const linted = await known.session.lint({ ...asked, aroundErrors: true });
        foreign = linted.foreign;
        return linted;
      },
    });
    const past = known.reading && pastNewest(known.reading, config.startAfter, "startAfter");
    return {
      layout,
      migrations: (known.reading?.migrations ?? []).map(infoOf),
      programs: (known.reading?.programs ?? []).map(({ version }) => version),
      findings,
      ...(foreign ? { foreign } : {}),
      ...(past === undefined ? {} : { pastNewest: past }),
      ms: performance.now() - started,
    };
  }

  file(id: FolderId, path: string): RawFile | undefined {
    return this.#folders.get(id)?.files.get(path);
  }

  /** With all of its migrations, also those that `startAfter` takes for history. */
  reading(id: FolderId): FolderReading | undefined {
    return this.#folders.get(id)?.reading;
  }

  find(id: FolderId, version: string): FoundMigration | undefined {
    const { reading, config } = this.#folders.get(id) ?? {};
    const migration = reading?.migrations.find((candidate) => candidate.version === version);
    if (!reading || !config || !migration) return undefined;
    return { layout: reading.layout, migrations: reading.migrations, migration, config };
  }

  #known({ id, folder, config, fresh }: Pick<LintInput, "id" | "folder" | "config" | "fresh">): KnownFolder {
    const existing = this.#folders.get(id);
    if (existing && !fresh) return Object.assign(existing, { config });
    const known: KnownFolder = {
      files: new Map(),
      layout: new FolderLayout(folder),
      session: new LintSession(),
      config,
      reading: undefined,
    };
    this.#folders.set(id, known);
    return known;
  }
}

function bytesOf(content: FileContent): Uint8Array {
  return typeof content === "string" ? encoder.encode(content) : content;
}

function infoOf({ version, name, up, down }: Migration): FolderMigration {
  return {
    version,
    name,
    ...(up ? { up: up.file.path } : {}),
    ...(down ? { down: down.file.path } : {}),
    ...(up ? { upLine: lineOf(up) } : {}),
    ...(down ? { downLine: lineOf(down) } : {}),
  };
}

/** 0-based. */
function lineOf({ file, start }: Script): number {
  return start === 0 ? 0 : file.text.slice(0, start).split("\n").length - 1;
}
