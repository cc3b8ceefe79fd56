import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Catalog } from "#core/catalog/catalog.ts";
import { diffCatalogs } from "#core/catalog/diff.ts";
import { readCatalog } from "#core/postgres/catalog/read-catalog.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Database, Engine, Session } from "#core/postgres/session.ts";
import type { Finding } from "#core/report/model.ts";
import { loadParser, parseSql } from "#core/sql/parse.ts";
import { inFull } from "../support/in-full.ts";
import { lintFiles } from "../support/lint-files.ts";
import { type HelpCase, helpCases } from "./help-cases.ts";

/**
 * SQL that a help text says to write is accepted by a server, one statement after the other, each by itself; and where it
 * stands in the place of the statement it makes the same. Nor does its own rule object to it.
 */
beforeAll(loadParser);

describe.each(inFull ? [15, 18] : [18])("on PostgreSQL %i help does what it says", (major) => {
  let engine: Engine;
  let database: Database;
  let session: Session;

  beforeAll(async () => {
    engine = await openEmbedded({ major });
  });
  afterAll(() => engine?.stop());

  it.for(helpCases.filter(({ since = 15 }) => since <= major))("$rule: $up", async (example) => {
    const found = await findingsOf(example, major);
    expect(found.length).toBeGreaterThan(0);
    const made = await catalogAfter([example.before, ...(example.where === "instead" ? [example.up] : [])]);
    for (const { help = "" } of found) {
      const sql = sqlOf(help);
      expect(sql).not.toEqual([]);
      const scripts = scriptsOf(example, help, sql);
      const after = await catalogAfter(scripts);
      if (example.where === "instead" || example.where === "down")
        expect({ help, changes: diffCatalogs(made, after, "after down") }).toEqual({ help, changes: [] });
      if (example.where === "instead") expect(await saidOf(example, sql, major)).toEqual([]);
      if (example.silences) {
        const before = [example.before, ...sql].join("\n");
        expect(await findingsOf({ ...example, before }, major)).toEqual([]);
      }
    }
  });

  async function catalogAfter(scripts: readonly string[]): Promise<Catalog> {
    database = await engine.createDatabase();
    session = await database.connect();
    try {
      for (const sql of scripts.flatMap(statementsOf)) await session.execute(sql);
      return Catalog.of(await readCatalog(session));
    } finally {
      await session.close();
      await database.drop();
    }
  }
});

function scriptsOf(
  { before, up, down = "", where }: HelpCase,
  help: string,
  sql: readonly string[],
): readonly string[] {
  if (where === "instead") return [before, ...sql];
  if (where === "before") return [before, ...sql, up];
  if (where === "down") return [before, up, ...(/ order that works/.test(help) ? [] : [down]), ...sql];
  return [before, up, ...sql];
}

async function findingsOf({ rule, before, up, down }: HelpCase, postgres: number): Promise<Finding[]> {
  const { findings } = await lintFiles(
    {
      "migrations/1_before.up.sql": before,
      "migrations/1_before.down.sql": "-- switchback: irreversible the history of a case",
      "migrations/2_case.up.sql": up,
      "migrations/2_case.down.sql": down ?? "-- switchback: irreversible no part of the case",
    },
    { postgres, startAfter: "1" },
  );
  return findings.filter((finding) => finding.rule === rule);
}

/** What the rule says of each statement in a migration of its own, and of names. */
async function saidOf({ rule, before }: HelpCase, sql: readonly string[], postgres: number) {
  const files = Object.fromEntries([
    ["migrations/1_before.up.sql", before],
    ...sql.map((text, index) => [`migrations/${index + 2}_step.up.sql`, text]),
  ]);
  const { findings } = await lintFiles(files, { postgres, startAfter: "1" });
  return findings.filter((finding) => finding.rule === rule || finding.rule === "name-too-long");
}

function sqlOf(help: string): string[] {
  return help.split("\n").flatMap((line) => (line.startsWith("  ") ? [line.slice(2)] : []));
}

function statementsOf(script: string): string[] {
  return parseSql(script).statements.map(({ start, end }) => script.slice(start, end));
}
