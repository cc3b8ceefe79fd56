import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PostgresError } from "#core/postgres/session.ts";
import { inFull } from "../../support/in-full.ts";
import { differences } from "./same-catalog.ts";
import { Watched, ways } from "./ways.ts";

/**
 * Columns that are written twice beside columns far from the end of their catalog, which nothing but its counter tells
 * of: the counter must never be taken to be explained by the former while one of the latter is missing.
 */
const tables = 150;
const base = Array.from(
  { length: tables },
  (_, i) => `create table t${i} (id int primary key, a text not null, b text, c int default 7);`,
).join("\n");

/** Rewritten a few times, so that there is room for a column's next version beside it, far from the end. */
const loosened = (round: number) =>
  Array.from(
    { length: tables },
    (_, i) =>
      `alter table t${i} alter a set statistics ${round}, alter b set statistics ${round}, alter c set statistics ${round};`,
  ).join("\n");

/** `n` makes new names, `t` is a table, of any age. */
const statement = fc
  .record({
    kind: fc.constantFrom(
      (n: string, t: string) => `alter table ${t} add column x${n} int default 1`,
      (n: string, t: string) => `alter table ${t} add column x${n} timestamptz not null default now()`,
      (n: string, t: string) => `alter table ${t} add column x${n} float default random()`,
      (n: string, t: string) => `alter table ${t} add column x${n} int`,
      (n: string, t: string) =>
        `alter table ${t} add column x${n} int default 1, alter column x${n} drop default`,
      (n: string, t: string) => `alter table ${t} add column x${n} int generated always as (id + 1) stored`,
      (_: string, t: string) => `alter table ${t} alter column a drop not null`,
      (_: string, t: string) => `alter table ${t} alter column b set not null`,
      (_: string, t: string) => `alter table ${t} alter column b set default 'x'`,
      (_: string, t: string) => `alter table ${t} alter column c set default 8`,
      (_: string, t: string) => `alter table ${t} alter column c drop default`,
      (_: string, t: string) => `alter table ${t} alter column b set statistics 50`,
      (n: string, t: string) =>
        `alter table ${t} rename column b to b${n}; alter table ${t} rename b${n} to b`,
      (n: string, t: string) => `alter table ${t} rename column a to a${n}`,
      (_: string, t: string) => `alter table ${t} drop column if exists c`,
      (n: string) => `create table n${n} (id bigserial primary key, s text not null default 's', u int)`,
      (n: string, t: string) =>
        `create table n${n} (id int default 3, s text); drop table n${n}; alter table ${t} alter b set storage external`,
      (_: string, t: string) => `drop table ${t}`,
      (n: string, t: string) => `create index on ${t} (b); create view v${n} as select id from ${t}`,
    ),
    table: fc.nat(tables - 1),
  })
  .map(({ kind, table }) => ({ kind, table: `t${table}` }));

/** What writes a column twice: each together with one that is written once, where nobody would look for it. */
const twice = [
  "alter table {table} add column {name} int default 1",
  "alter table {table} add column {name} float default random()",
  "alter table {table} add column {name} int generated always as (id + 1) stored",
  "create table {name} (id int default 3, s text default 's')",
  "alter table {table} drop column c",
  "drop table {table}",
  "alter table {table} add column {name} int default 1; alter table {table} drop column {name}",
  "alter table {table} alter column c set default 9",
  "alter table {table} alter column c drop default",
];

const step = fc.array(statement, { minLength: 1, maxLength: 4 });

describe.each(ways.filter(({ shared }) => !shared))("$name", (way) => {
  let watched: Watched;
  beforeAll(async () => {
    watched = await Watched.open(way, base, { large: 0 });
    for (const round of [1, 2, 3]) await watched.migrating.execute(loosened(round));
    await watched.again();
  });
  afterAll(() => watched?.stop());

  let made = 0;

  it.each(twice)("finds a column far away beside: %s", async (beside) => {
    for (const silent of ["a set statistics 70", "b set storage external", "a drop not null"]) {
      made += 1;
      const far = `alter table t${tables - 1 - made} alter column ${silent}`;
      const near = beside.replaceAll("{table}", `t${made}`).replaceAll("{name}", `x${made}`);
      watched.hint(near);
      await watched.migrating.execute(`${near}; ${far}`);
      expect(differences(await watched.again(), await watched.full())).toEqual([]);
    }
  });

  it("finds every column", async () => {
    await fc.assert(
      fc.asyncProperty(step, fc.nat(4), async (statements, told) => {
        const texts = statements.map(({ kind, table }) => kind(String(made++), table));
        const sql = texts.join(";\n");
        watched.hint(texts.slice(0, told).join(";\n"));
        try {
          await watched.migrating.execute(sql);
        } catch (error) {
          if (!(error instanceof PostgresError)) throw error;
        }
        expect(differences(await watched.again(), await watched.full())).toEqual([]);
      }),
      // A full reading after each takes a while. Each step builds on those before it, so that one that fails is shown as it is.
      { numRuns: inFull ? 60 : 20, endOnFailure: true, seed: 7 },
    );
    // Once when it was opened.
    expect(watched.reader.fullReads).toBe(1);
  });
});
