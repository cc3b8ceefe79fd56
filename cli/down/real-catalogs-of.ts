import type { RealCatalogs } from "#core/author/down/real-catalogs.ts";
import type { Migration, SourceFile } from "#core/migration/model.ts";
import type { FolderReading } from "#core/migration/read-migrations.ts";
import { EngineLostError, EngineUnavailableError } from "#core/postgres/session.ts";
import { catalogsAround } from "#core/roundtrip/catalogs-around.ts";
import type { AuthorFolder } from "../input/author-folder.ts";
import type { EngineAtHand } from "./engine-at-hand.ts";

/** What a proposal is made from, and how to say it. */
export interface Source {
  /** Absent where only the files were read. */
  readonly catalogs?: RealCatalogs;
  /** "the catalog of PostgreSQL 18.4 (embedded)", or why it is not. */
  readonly words: string;
}

/** Reads the catalog before and after a migration from a throw-away server, where there is one and the ups run on it. */
export async function realCatalogsOf(
  { target, reading, migration }: { target: AuthorFolder; reading: FolderReading; migration: Migration },
  engine: EngineAtHand,
  prelude: SourceFile | undefined,
): Promise<Source> {
  try {
    const server = await engine.current();
    const around = await catalogsAround(
      {
        migrations: reading.migrations,
        layout: target.layout.name,
        engine: server,
        reopen: engine.reopen,
        prelude,
        timeoutMs: target.config.timeout * 1000,
        signal: engine.signal,
      },
      migration,
    );
    if (!around.ok)
      return { words: `the statements alone, as PostgreSQL ${server.postgres} stops at ${around.problem}` };
    return { catalogs: around, words: `the catalog of PostgreSQL ${server.postgres} (${server.name})` };
  } catch (error) {
    if (!(error instanceof EngineUnavailableError || error instanceof EngineLostError)) throw error;
    return { words: `the statements alone: ${error.message.split("\n")[0]}` };
  }
}
