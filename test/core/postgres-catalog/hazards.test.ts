import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PostgresError } from "#core/postgres/session.ts";
import { differences } from "./same-catalog.ts";
import { fewWays, Watched } from "./ways.ts";

const base = `
create type mood as enum ('sad', 'ok');
create type pair as (a integer, b text);
create table users (id serial primary key, name text unique, mood mood default 'ok', moods mood[]);
create table orders (id integer references users, note text check (note <> ''));
create view joined as select u.name, o.id from users u join orders o using (id);
create view joined_again as select * from joined;
create type felt as (how mood, since date);
create function of_mood(x mood) returns integer language sql as 'select 1';
create function standard(x integer) returns bigint begin atomic select count(*) from users u where u.id > x; end;
create view first as select (p.p).a from (select row(1, 'x')::pair as p) p;
comment on table orders is 'o';
comment on column orders.note is 'n';
comment on column pair.a is 'a';
`;

/** What changes definitions without writing their rows, or writes rows in an unusual way. In this order. */
const steps: readonly string[] = [
  "alter table orders rename note to remark",
  "alter table users rename to people",
  "alter table people add column id2 integer; alter table orders add column name text",
  "alter type pair rename attribute a to z",
  "alter type pair rename to couple",
  "alter type couple add attribute c integer",
  "alter type mood rename to feeling",
  "alter type feeling rename value 'ok' to 'fine'",
  "alter type feeling add value 'odd' before 'sad'",
  "create schema other; alter table orders set schema other",
  "alter schema other rename to another",
  "alter type feeling set schema another",
  "alter function of_mood(another.feeling) rename to with_mood",
  "create table p (i integer) partition by range (i); create table p1 partition of p for values from (1) to (2); create index p_i on p (i)",
  "alter table p add unique (i)",
  "alter table p rename to parts",
  "alter table parts rename i to j",
  "alter table parts detach partition p1",
  "drop table p1",
  "set search_path = another",
  "set quote_all_identifiers = on; set datestyle = 'SQL'; set timezone = 'Asia/Tokyo'",
  "create table public.zoned (t timestamptz default '2020-01-01 00:00:00+00')",
  "begin; create table public.own (i integer); commit",
  "begin; create table public.undone (i integer); rollback; create table public.done (i integer)",
  "begin; savepoint s; create table public.kept (i integer); release s; savepoint t; create table public.lost (i integer); rollback to t; commit",
  "do $$ begin create table public.dynamic (i integer); begin create table public.dynamic (i integer); exception when others then null; end; end $$",
  "create table public.failing (i integer); select 1 / 0",
  "create temporary table passing (i integer)",
  "create index concurrently orders_remark on another.orders (remark)",
  "drop index concurrently another.orders_remark",
  "drop table public.zoned; create table public.zoned (t text)",
  "alter table public.people alter name type varchar(9)",
  "alter table public.people disable trigger all",
  "alter table public.people enable trigger all",
  "truncate public.people cascade",
  "vacuum full pg_class",
  "alter table public.people drop moods",
  "comment on table another.orders is null; comment on table public.people is 'p'",
  "update pg_class set reloptions = '{fillfactor=33}' where oid = 'public.people'::regclass",
  "insert into public.people (name) select 'n' || i from generate_series(1, 100) i",
  "select 1",
  "drop schema another cascade",
  "create extension if not exists plpgsql",
  "drop extension plpgsql cascade",
  "drop schema public cascade; create schema public",
];

describe.each(fewWays)("on $name", (way) => {
  let watched: Watched;
  beforeAll(async () => {
    watched = await Watched.open(way, base);
  });
  afterAll(() => watched?.stop());

  it.each(steps)("reads the same after: %s", async (sql) => {
    try {
      await watched.run(sql);
    } catch (error) {
      // Some are meant to fail; what counts is what is there afterwards.
      if (!(error instanceof PostgresError)) throw error;
      await watched.migrating.execute("rollback");
    }
    const again = await watched.again();
    expect(differences(await watched.full(), again)).toEqual([]);
  });

  it("read everything at most at the start, for the renamed schema, and without PL/pgSQL", () => {
    expect(watched.reader.fullReads).toBeLessThanOrEqual(4);
  });
});
