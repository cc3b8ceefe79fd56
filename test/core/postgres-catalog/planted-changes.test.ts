import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { base, plantedChanges } from "./planted-changes.ts";
import { differences } from "./same-catalog.ts";
import { fewWays, Watched } from "./ways.ts";

it("plants at least sixty changes", () => {
  expect(plantedChanges.length).toBeGreaterThanOrEqual(60);
});

describe.each(fewWays)("on $name", (way) => {
  let watched: Watched;
  let before: Map<string, string>;

  beforeAll(async () => {
    watched = await Watched.open(way, base);
    before = await watched.full();
  });
  afterAll(() => watched?.stop());

  const runnable = plantedChanges.filter(
    ({ since = 0, notOnPglite }) => since <= way.major && !(way.pglite && notOnPglite),
  );
  it.each(runnable)("finds: $name", async ({ sql, changes }) => {
    await watched.run(sql);
    const again = await watched.again();
    const now = await watched.full();
    const found = differences(before, now);
    before = now;
    expect(found).toEqual(expect.arrayContaining([...changes]));
    expect(differences(now, again)).toEqual([]);
  });
});
