import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check } from "#core/check.ts";
import { resolveConfig } from "#core/config/resolve-config.ts";
import { openEngine } from "#core/postgres/open-engine.ts";
import type { Engine } from "#core/postgres/session.ts";
import type { Report } from "#core/report/model.ts";
import { type GuideSection, guideSections } from "./guide-sections.ts";

/** Every recipe of the guide, linted, and run up, down and up again, with rows too. */

const config = resolveConfig({ layout: "golang-migrate" });
/** Made-up rows know nothing of what a later migration wants to be unique. */
const rows = `
INSERT INTO users (name, email, nickname)
  VALUES ('Ada', 'ada@example.org', 'countess'), ('Grace', 'grace@example.org', NULL);
INSERT INTO orders (user_id, amount) VALUES (1, 100), (2, 250);
`;
const [start, ...recipes] = guideSections("zero-downtime.md");

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ engine: config.engine, postgres: config.postgres });
});
afterAll(() => engine?.stop());

describe.each(recipes)("$title", ({ files }) => {
  let report: Report;
  beforeAll(async () => {
    report = await run(files);
  });

  it("gives the linter nothing to say", () => {
    expect(report.findings.map(({ rule, file, message }) => `${file}: ${rule}: ${message}`)).toEqual([]);
  });

  it("goes up, down and up again", () => {
    expect(files.length).toBeGreaterThan(0);
    const states = report.roundTrips.map(({ name, verdict }) => `${name} ${verdict.status}`);
    expect(states).toEqual(report.migrations.map(({ name }) => `${name} ${expected(name)}`));
  });

  it("keeps the rows", () => {
    const seen = report.roundTrips.map(({ rows }) => ({ lost: rows?.lost, notes: rows?.notes }));
    expect(seen).toEqual(seen.map(() => ({ lost: [], notes: [] })));
  });

  function expected(name: string): string {
    const declared = files.some(
      ({ name: file, text }) => file.startsWith(name) && text.includes("irreversible"),
    );
    return declared ? "irreversible" : "reversible";
  }
});

it("would see a recipe that loses rows", async () => {
  const files = recipes.at(-1)?.files ?? [];
  const careless = files.map(({ name, text }) => ({ name, text: text.replace(/^UPDATE users.*?;\n/ms, "") }));
  expect(careless).not.toEqual(files);
  expect((await run(careless)).roundTrips.at(-1)?.verdict.status).toBe("data-lost");
});

function run(files: GuideSection["files"]): Promise<Report> {
  return check(
    {
      folder: "migrations",
      files: [...(start?.files ?? []), ...files].map(({ name, text }) => ({
        path: `migrations/${name}`,
        bytes: new TextEncoder().encode(text),
      })),
      config,
      fixtures: [{ path: "fixtures/000001.sql", text: rows }],
      lint: true,
      prove: true,
    },
    { openEngine: async () => Object.assign(Object.create(engine) as Engine, { stop: async () => {} }) },
  );
}
