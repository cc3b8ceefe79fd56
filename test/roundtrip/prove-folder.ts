import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";
import type { RoundTrip, RunError } from "#core/report/model.ts";
import { fixturesByVersion } from "#core/roundtrip/data/fixtures.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import type { EngineHolder } from "./engine-holder.ts";

export interface Proof {
  readonly roundTrips: readonly RoundTrip[];
  readonly preludeError: RunError | undefined;
}

/** Proves every migration of a golang-migrate folder. */
export async function proveFolder(
  folder: string,
  engines: EngineHolder,
  options: {
    timeoutMs?: number;
    prelude?: string;
    only?: ReadonlySet<string>;
    withData?: boolean;
    fixtures?: Readonly<Record<string, string>>;
  } = {},
): Promise<Proof> {
  const files = readdirSync(folder)
    .filter((name) => golangMigrate.wants(name))
    .map((name) => ({ path: name, bytes: readFileSync(join(folder, name)) }));
  const proof = proveMigrations({
    migrations: readMigrations("", files, golangMigrate).migrations,
    layout: golangMigrate.name,
    engine: await engines.current(),
    reopen: engines.reopen,
    prelude:
      options.prelude === undefined ? undefined : { path: "prelude.sql", text: options.prelude, bom: false },
    timeoutMs: options.timeoutMs ?? 30_000,
    only: options.only,
    rows: rowSources(options),
  });
  const roundTrips: RoundTrip[] = [];
  for (;;) {
    const { value, done } = await proof.next();
    if (done) return { roundTrips, preludeError: value };
    roundTrips.push(value);
  }
}

function rowSources(options: { withData?: boolean; fixtures?: Readonly<Record<string, string>> }) {
  const { withData = false, fixtures = {} } = options;
  if (!withData && Object.keys(fixtures).length === 0) return undefined;
  const files = Object.entries(fixtures).map(([version, text]) => ({ path: `${version}.sql`, text }));
  return { fill: withData, fixtures: fixturesByVersion(files) };
}
