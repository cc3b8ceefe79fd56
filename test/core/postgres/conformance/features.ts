import type { Database, Engine, Session } from "#core/postgres/session.ts";

/** Something that not every engine can. The suite proves both the yes and the no; `docs/engines.md` prints them. */
export interface Feature {
  /** For people, in Markdown. */
  readonly words: string;
  readonly engines: readonly Engine["name"][];
  /** On a database of its own. A rejection is a no. */
  probe(on: { engine: Engine; database: Database; session: Session }): Promise<boolean>;
}

const all: readonly Engine["name"][] = ["embedded", "docker", "server", "pglite"];
const real: readonly Engine["name"][] = ["embedded", "docker", "server"];
const runs = (sql: string) => async (on: { session: Session }) => {
  await on.session.execute(sql);
  return true;
};

export const features: readonly Feature[] = [
  {
    words: "a copy of a database, so that one bad migration does not spoil the next",
    engines: all,
    probe: async ({ database, session }) => {
      await session.close();
      await (await database.copy()).drop();
      return true;
    },
  },
  {
    words: "`CREATE INDEX CONCURRENTLY`",
    engines: all,
    probe: async ({ session }) => {
      await session.execute("create table indexed (id int)");
      await session.execute("create index concurrently on indexed (id)");
      return true;
    },
  },
  {
    words: "contrib: `pgcrypto`, `citext`, `pg_trgm`, `hstore`, `ltree`, `btree_gist`",
    engines: all,
    probe: runs(
      "create extension pgcrypto; create extension citext; create extension pg_trgm; create extension hstore; create extension ltree; create extension btree_gist",
    ),
  },
  {
    words: "extensions that reach other servers: `postgres_fdw`, `dblink`",
    engines: real,
    probe: runs("create extension postgres_fdw; create extension dblink"),
  },
  { words: "prepared transactions", engines: real, probe: preparesTransactions },
  {
    words: "logical replication slots",
    engines: real,
    probe: runs(
      "select pg_create_logical_replication_slot('feature', 'pgoutput'); select pg_drop_replication_slot('feature')",
    ),
  },
  { words: "`COPY … PROGRAM`", engines: real, probe: runs("copy (select 1) to program 'cat >/dev/null'") },
  {
    words: "a second session, which watches statements that run outside of a transaction",
    engines: real,
    probe: async ({ engine }) => engine.sessions > 1,
  },
  {
    words: "a statement over `--timeout` is cancelled; elsewhere the whole instance is ended and made anew",
    engines: real,
    probe: async ({ session }) => {
      const running = session.execute("select pg_sleep(600)").catch(() => {});
      await session.interrupt();
      await running;
      return session.alive;
    },
  },
  {
    words: "psql and pg_dump can look at it while it runs",
    engines: ["embedded"],
    probe: async ({ engine }) => engine.address !== undefined,
  },
];

async function preparesTransactions({ session }: { session: Session }): Promise<boolean> {
  await session.execute("begin; create table prepared (); prepare transaction 'feature'");
  await session.execute("rollback prepared 'feature'");
  return true;
}
