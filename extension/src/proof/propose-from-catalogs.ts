import { proposeDown } from "#core/author/down/propose-down.ts";
import type { Config } from "#core/config/config.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { layouts } from "#core/migration/layout/layouts.ts";
import type { RawFile } from "#core/migration/model.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import { type Engine, EngineUnavailableError } from "#core/postgres/session.ts";
import { catalogsAround } from "#core/roundtrip/catalogs-around.ts";
import type { Proposal } from "../analysis/methods.ts";
import { proposalOf } from "../analysis/proposal-of.ts";
import type { ScratchInput } from "./methods.ts";

interface Wanted extends Pick<ScratchInput, "folder" | "prelude"> {
  readonly files: readonly RawFile[];
  readonly config: Config;
  readonly version: string;
}

/** The inverse of an up by what PostgreSQL says of the schema before and after it; undefined where it does not get there. */
export async function proposeFromCatalogs(
  { folder, files, config, prelude, version }: Wanted,
  openEngine: () => Promise<Engine>,
  signal: AbortSignal,
): Promise<Proposal | undefined> {
  const layout = layouts[config.layout] ?? golangMigrate;
  const { migrations } = readMigrations(folder, files, layout);
  const migration = migrations.find((candidate) => candidate.version === version);
  if (!migration) return undefined;
  let engine: Engine | undefined;
  const open = async () => {
    engine = await openEngine();
    return engine;
  };
  try {
    const ground = { engine: await open(), reopen: open, timeoutMs: config.timeout * 1000, signal };
    const scripts = {
      migrations,
      layout: layout.name,
      ...(prelude ? { prelude: { ...prelude, bom: false } } : {}),
    };
    const around = await catalogsAround({ ...ground, ...scripts }, migration);
    const proposed = around.ok && (await proposeDown(migrations, migration, config.postgres, around));
    return proposed ? proposalOf(layout, migration, proposed) : undefined;
  } catch (error) {
    if (error instanceof EngineUnavailableError) return undefined;
    throw error;
  } finally {
    await engine?.stop();
  }
}
