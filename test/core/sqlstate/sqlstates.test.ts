import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everyRule } from "#core/every-rule.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Engine } from "#core/postgres/session.ts";
import { findSqlState } from "#core/sqlstate/find-sql-state.ts";
import { sqlStates } from "#core/sqlstate/sqlstates.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openEmbedded({ major: 18 });
});
afterAll(() => engine?.stop());

describe.each(sqlStates)("$code $name", ({ code, rules, example }) => {
  it("is what PostgreSQL answers to its example", async () => {
    const database = await engine.createDatabase();
    const session = await database.connect();
    if (example.before) await session.execute(example.before);
    const other = example.meanwhile ? await database.connect() : undefined;
    if (example.meanwhile) await other?.execute(example.meanwhile);
    await expect(session.execute(example.sql)).rejects.toMatchObject({ sqlstate: code });
    await other?.close();
    await session.close();
    await database.drop();
  });

  it("names rules that exist", () => {
    const names = everyRule.map(({ name }) => name);
    expect(rules.filter((rule) => !names.includes(rule))).toEqual([]);
  });
});

it("stand in order, once each", () => {
  const codes = sqlStates.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)].sort());
});

it("are found in any case", () => {
  expect(findSqlState("42p01")?.name).toBe("undefined_table");
  expect(findSqlState("99999")).toBeUndefined();
});
