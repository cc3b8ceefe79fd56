import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PostgresError } from "#core/postgres/session.ts";
import { inFull } from "../../support/in-full.ts";
import { differences } from "./same-catalog.ts";
import { fewWays, Watched } from "./ways.ts";

/**
 * The reader looks first where the scripts point to, and believes that this is all only where the server's counters say
 * so. Here it is told of some of the statements that ran: what the others did must be found all the same.
 */
const tables = 60;
const base = `
  create role told_a; create role told_b;
  create schema s0; create schema s1;
  create function touch() returns trigger language plpgsql as 'begin return new; end';
  create table parted (id int, at int) partition by range (at);
  ${Array.from({ length: tables }, (_, i) => `create table t${i} (id int primary key, a text not null, b text, c int default 7);`).join("\n")}`;

/** Rows move about their catalogs, so that the next version of one has room far from the end. */
const stirred = Array.from(
  { length: tables },
  (
    _,
    i,
  ) => `alter table t${i} owner to told_a; alter table t${i} add constraint k${i} check (c > 0) not valid;
    alter table t${i} owner to told_b; alter table t${i} validate constraint k${i}; alter table t${i} rename constraint k${i} to c${i};`,
).join("\n");

/** `n` makes new names, `t` and `u` are tables. */
type Kind = (n: string, t: string, u: string) => string;
const kinds: readonly Kind[] = [
  (n) => `create table n${n} (id serial primary key, x text check (x <> ''), y int)`,
  (n, t) => `create table n${n} (id int references ${t}, x int unique)`,
  (n, t) => `create table n${n} () inherits (${t})`,
  (n) => `create table n${n} partition of parted for values from (${n}) to (${n} + 1)`,
  (n) => `create table n${n} (a text); drop table n${n}`,
  (n, t) => `create view v${n} as select id from ${t}`,
  (n, t) =>
    `create view v${n} as select id from ${t}; create or replace view v${n} as select id, 1 as one from ${t}`,
  (n, t) => `create materialized view m${n} as select id from ${t}`,
  (n, t) => `create trigger g${n} before insert on ${t} for each row execute function touch()`,
  (n, t) => `create rule r${n} as on delete to ${t} do instead nothing`,
  (n, t) => `create policy p${n} on ${t} using (true); alter table ${t} enable row level security`,
  (n, t) => `create index i${n} on ${t} (b)`,
  (n, t, u) => `alter table ${t} add constraint f${n} foreign key (c) references ${u}`,
  (n, t) => `alter table ${t} add constraint q${n} unique (b)`,
  (n, t) => `alter table ${t} add constraint h${n} check (c <> ${n})`,
  (_, t) => `alter table ${t} drop constraint ${t.replace("t", "c")}`,
  (n, t) => `alter table ${t} rename to o${n}; alter table o${n} rename to ${t}`,
  (n, t) => `alter table ${t} rename to o${n}`,
  (_, t) => `alter table ${t} owner to told_a`,
  (_, t) => `grant select on ${t} to told_a`,
  (_, t) => `alter table ${t} set schema s0; alter table s0.${t} set schema public`,
  (_, t) => `alter table ${t} set schema s1`,
  (_, t) => `alter table ${t} set (fillfactor = 70)`,
  (_, t) => `alter table ${t} replica identity full`,
  (_, t) => `alter table ${t} alter b type varchar(40)`,
  (_, t) => `alter table ${t} alter c type bigint`,
  (n, t) => `alter table ${t} rename constraint ${t}_pkey to k${n}`,
  (n, t) => `alter index ${t}_pkey rename to k${n}`,
  (_, t) => `comment on table ${t} is 'told'`,
  (_, t) => `cluster ${t} using ${t}_pkey`,
  (_, t) => `truncate ${t}`,
  (_, t) => `drop table ${t} cascade`,
  (n) => `create type e${n} as enum ('a'); create domain d${n} as int check (value > 0)`,
  (n) => `create type w${n} as (x int); alter type w${n} add attribute y text`,
  (n) => `create function f${n}() returns int language sql as 'select 1'; alter function f${n}() cost 5`,
  (n) => `create sequence q${n}; alter sequence q${n} increment 3`,
  (n, t) => `do $$ begin execute 'alter table ' || '${t}' || ' rename to z${n}'; end $$`,
  (n, t) =>
    `do $$ begin alter table ${t} rename to z${n}; raise exception 'x'; exception when others then null; end $$`,
];
const statement = fc.record({
  kind: fc.constantFrom(...kinds),
  table: fc.nat(tables - 1),
  other: fc.nat(tables - 1),
  told: fc.boolean(),
});

describe.each(fewWays)("$name", (way) => {
  let watched: Watched;
  beforeAll(async () => {
    watched = await Watched.open(way, base, { large: 0 });
    await watched.migrating.execute(stirred);
    await watched.again();
  });
  afterAll(() => watched?.stop());

  let made = 0;

  it("finds what it was not told of", async () => {
    const oneStep = fc.array(statement, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(oneStep, async (statements) => {
        const texts = statements.map(({ kind, table, other, told }) => {
          const sql = kind(String(made++), `t${table}`, `t${other}`);
          if (told) watched.hint(sql);
          return sql;
        });
        // One that fails takes only itself back.
        for (const sql of texts) await attempt(watched, sql);
        expect(differences(await watched.again(), await watched.full()), texts.join(";\n")).toEqual([]);
      }),
      // Each step builds on those before it.
      { numRuns: inFull ? 150 : 40, endOnFailure: true, seed: 11 },
    );
    expect(watched.reader.fullReads).toBe(1);
  });
});

async function attempt(watched: Watched, sql: string): Promise<void> {
  try {
    await watched.migrating.execute(sql);
  } catch (error) {
    if (!(error instanceof PostgresError)) throw error;
  }
}
