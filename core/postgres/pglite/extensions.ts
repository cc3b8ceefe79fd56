/** Archives of contrib extensions that PGlite brings; `spi` holds autoinc, insert_username, moddatetime and refint. */
export const archives = [
  "amcheck",
  "auto_explain",
  "bloom",
  "btree_gin",
  "btree_gist",
  "citext",
  "cube",
  "dict_int",
  "dict_xsyn",
  "earthdistance",
  "file_fdw",
  "fuzzystrmatch",
  "hstore",
  "intarray",
  "isn",
  "lo",
  "ltree",
  "pageinspect",
  "passwordcheck",
  "pg_buffercache",
  "pg_freespacemap",
  "pg_logicalinspect",
  "pg_overexplain",
  "pg_stat_statements",
  "pg_surgery",
  "pg_trgm",
  "pg_visibility",
  "pg_walinspect",
  "pgcrypto",
  "seg",
  "spi",
  "tablefunc",
  "tcn",
  "tsm_system_rows",
  "tsm_system_time",
  "unaccent",
  "uuid-ossp",
] as const;

interface Extension {
  readonly name: string;
  setup(): Promise<{ bundlePath: URL }>;
}

/** All of them, for CREATE EXTENSION to find: together they are 1.5 MB and cost no time that can be measured. */
export function bundledExtensions(assets: string): Record<string, Extension> {
  return Object.fromEntries(
    archives.map((name) => [
      name,
      { name, setup: async () => ({ bundlePath: new URL(`${name}.tar.gz`, assets) }) },
    ]),
  );
}
