import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { differences } from "./same-catalog.ts";
import { fewWays, Watched } from "./ways.ts";

/**
 * What a script takes back is what the last one made: then nothing has to be listed to see what is gone. Beside it
 * stands what must not be taken for that: older objects, deletions that were undone, makings that were.
 */
const older = `
  create table old (id int primary key, a text not null, b text, c int check (c > 0));
  create table child (id int primary key, old_id int references old);
  create function old_f() returns trigger language plpgsql as 'begin return new; end';
  create trigger old_t before insert on old for each row execute function old_f();
  create view old_v as select id from old;
  create policy old_p on old using (true);
  create rule old_r as on delete to child do instead nothing;
  create domain old_d as int check (value > 0);`;

const cases: readonly (readonly [what: string, up: string, down: string])[] = [
  [
    "a column with a constraint",
    "alter table old add d int not null default 7 check (d > 1)",
    "alter table old drop d",
  ],
  ["a function", "create function f() returns int language sql as 'select 1'", "drop function f()"],
  ["a table with a long text", "create table n (id int primary key, t text)", "drop table n"],
  ["a table without", "create table n (id int primary key)", "drop table n"],
  [
    "a trigger",
    "create trigger t before update on old for each row execute function old_f()",
    "drop trigger t on old",
  ],
  [
    "a foreign key",
    "alter table child add foreign key (id) references old",
    "alter table child drop constraint child_id_fkey",
  ],
  ["a schema with a view", "create schema s; create view s.v as select 1 as one", "drop schema s cascade"],
  [
    "a policy and a rule",
    "create policy p on old using (false); create rule r as on insert to child do instead nothing",
    "drop policy p on old; drop rule r on child",
  ],
  ["a type", "create type e as enum ('a')", "drop type e"],
  [
    "an older one instead",
    "alter table old add check (b <> '')",
    "alter table old drop constraint old_c_check",
  ],
  [
    "an older one with it",
    "alter table old add constraint again check (b <> '')",
    "alter table old drop constraint again, drop constraint old_b_check; alter table old add constraint old_b_check check (b <> 'x')",
  ],
  [
    "an older function with it",
    "create function g() returns int language sql as 'select 1'",
    "drop function g(), old_f() cascade",
  ],
  [
    "one of two, and an older one",
    "create function g1() returns int language sql as 'select 1'; create function g2() returns int language sql as 'select 1'",
    "create function old_f() returns trigger language plpgsql as 'begin return old; end'; drop function g1(), old_f()",
  ],
  [
    "an older one, where the new one's deletion is undone",
    "create procedure p1() language sql as 'select 1'; create procedure p2() language sql as 'select 1'",
    "do 'begin drop procedure p1(); raise exception $$x$$; exception when others then null; end'; drop procedure p2()",
  ],
  [
    "what replaced an older one",
    "drop view old_v; create view old_v as select id, a from old",
    "drop view old_v",
  ],
  ["an older one alone", "alter table old alter a set statistics 3", "drop domain old_d"],
];

describe.each(fewWays)("$name", (way) => {
  let watched: Watched;
  beforeAll(async () => {
    watched = await Watched.open(way, older);
  });
  afterAll(() => watched?.stop());

  // Each builds on those before it.
  it.each(cases)("sees that %s is gone", async (_, up, down) => {
    for (const sql of [up, down]) {
      await watched.run(sql);
      expect(differences(await watched.again(), await watched.full())).toEqual([]);
    }
  });
});
