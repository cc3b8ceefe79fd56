import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LockMode, lockModes } from "#core/catalog/locks.ts";
import type { Outcome } from "#core/catalog/simulate/outcome.ts";
import type { Example } from "#core/lint/rule.ts";
import { rules } from "#core/lint/rules/index.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Engine, Session } from "#core/postgres/session.ts";
import { loadParser, parseSql } from "#core/sql/parse.ts";
import { inFull } from "../support/in-full.ts";
import { type Observed, observeTables } from "../support/observe-tables.ts";
import { simulatedOnTop } from "../support/simulated-on-top.ts";
import { attachedBounds } from "./attached-bounds.ts";
import { lockCases } from "./lock-cases.ts";

/**
 * What the rules are told about locks, rewrites and scans is what a server does: each example's up is run statement by
 * statement in one transaction, and what it holds on the tables that were there before is compared with the outcome of
 * its simulation.
 */
const majors = inFull ? [15, 18] : [18];

/** What PostgreSQL refuses in a transaction, or that would end it. */
const untraceable =
  /\bCONCURRENTLY\b|^\s*(?:BEGIN|COMMIT|START|ROLLBACK|END|SAVEPOINT|RELEASE|VACUUM|REINDEX|ALTER SYSTEM|(?:CREATE|DROP|ALTER) DATABASE)\b/i;

interface Case {
  readonly name: string;
  readonly example: Example;
}

const cases: Case[] = rules.flatMap((rule) =>
  [...rule.examples.bad, ...rule.examples.good]
    .map((example, index) => ({ name: `${rule.name} ${index + 1}`, example }))
    .filter(({ example }) => (example.postgres ?? 18) >= 12 && !example.files),
);
for (const example of lockCases) cases.push({ name: `locks: ${example.note}`, example });
for (const example of attachedBounds) cases.push({ name: `bounds: ${example.note}`, example });

beforeAll(loadParser);

describe.each(majors)("on PostgreSQL %i a server does what is claimed", (major) => {
  let engine: Engine;
  let session: Session;

  beforeAll(async () => {
    engine = await openEmbedded({ major });
    session = await (await engine.createDatabase()).connect();
  });

  afterAll(async () => {
    await session?.close();
    await engine?.stop();
  });

  it.for(cases)("$name", async ({ example }, { skip }) => {
    const up = parseSql(example.up);
    if (up.problem) skip("does not parse");
    const statements = up.statements.map(({ start, end }) => example.up.slice(start, end));
    if (statements.some((sql) => untraceable.test(sql))) skip("has a statement that runs in no transaction");
    await session.execute(emptyDatabase);
    if (example.before && !(await runs(session, example.before))) skip(`${major} does not know its history`);

    const { tables, outcomes } = simulatedOnTop(example.before ?? "", example.up, major);
    const named = await tableNames(session, tables);
    const held = new Map<string, LockMode>();
    await session.execute("BEGIN");
    try {
      for (const [index, sql] of statements.entries()) {
        const outcome = outcomes[index];
        if (!outcome) break;
        const before = await observeTables(session, named.keys());
        if (!(await runs(session, sql))) {
          if (index === 0) skip("fails, as it is meant to");
          break;
        }
        rename(named, outcome);
        const after = await observeTables(session, named.keys());
        note(held, outcome);
        expect({ sql, ...claims(held, outcome, subjects(named, after)) }).toEqual({
          sql,
          ...facts(named, before, after, sql),
        });
      }
    } finally {
      await session.execute("ROLLBACK");
    }
  });
});

const emptyDatabase = `DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
  END LOOP;
  CREATE SCHEMA public;
END $$; RESET ALL;`;

async function runs(session: Session, sql: string): Promise<boolean> {
  return session.execute(sql).then(
    () => true,
    () => false,
  );
}

/** Names by oid, since a statement may change the name. Those that the history did not make are left out. */
async function tableNames(session: Session, tables: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const table of tables) {
    const [row] = await session.query("SELECT to_regclass($1)::oid::text", [table]);
    if (row?.[0]) names.set(row[0], table);
  }
  return names;
}

function rename(names: Map<string, string>, { effects }: Outcome): void {
  for (const effect of effects) {
    if (effect.action !== "rename") continue;
    for (const [oid, name] of names) if (effect.key === `table ${name}`) names.set(oid, nameOf(effect.to));
  }
}

function nameOf(key: string): string {
  return key.replace(/^(?:table|materialized view) /, "");
}

function note(held: Map<string, LockMode>, { locks, effects }: Outcome): void {
  for (const { key, mode } of locks) {
    const before = held.get(nameOf(key));
    if (!before || lockModes.indexOf(mode) > lockModes.indexOf(before)) held.set(nameOf(key), mode);
  }
  for (const effect of effects) {
    const mode = effect.action === "rename" ? held.get(nameOf(effect.key)) : undefined;
    if (effect.action === "rename" && mode) held.set(nameOf(effect.to), mode);
  }
}

/** Weaker locks let everything through that an application does. */
function isTold(mode: LockMode | undefined): boolean {
  return mode !== undefined && lockModes.indexOf(mode) >= lockModes.indexOf("SHARE UPDATE EXCLUSIVE");
}

interface Subjects {
  readonly existing: ReadonlySet<string>;
  /** A partitioned table has no file: what is done to its rows is done to its partitions. */
  readonly withRows: ReadonlySet<string>;
}

function subjects(names: ReadonlyMap<string, string>, after: ReadonlyMap<string, Observed>): Subjects {
  const named = (list: readonly (readonly [string, Observed])[]) =>
    new Set(list.flatMap(([oid]) => names.get(oid) ?? []));
  return { existing: named([...after]), withRows: named([...after].filter(([, { file }]) => file !== "")) };
}

function claims(held: ReadonlyMap<string, LockMode>, { locks }: Outcome, { existing, withRows }: Subjects) {
  const rewritten = locks.filter(({ rewrite }) => rewrite).map(({ key }) => nameOf(key));
  const scanned = locks.filter(({ scan, mode }) => scan && isTold(mode)).map(({ key }) => nameOf(key));
  const known = (names: readonly string[], among = withRows) =>
    [...new Set(names)].filter((name) => among.has(name)).sort();
  return {
    locks: known(
      [...held.keys()].filter((name) => isTold(held.get(name))),
      existing,
    ).map((name) => `${name} ${held.get(name)}`),
    rewritten: known(rewritten),
    scanned: known(scanned.filter((name) => !rewritten.includes(name))),
  };
}

function facts(
  names: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, Observed>,
  after: ReadonlyMap<string, Observed>,
  sql: string,
) {
  const told = [...after].filter(([, { mode }]) => isTold(mode));
  const named = (list: readonly (readonly [string, Observed])[]) =>
    list.map(([oid]) => names.get(oid) ?? oid).sort();
  // What changes rows reads them under the lock that it needs, and TRUNCATE begins a new file, which is no rewrite.
  const changesRows = /^\s*(?:WITH|INSERT|UPDATE|DELETE|MERGE|(?:DO\b.*\b)?TRUNCATE|SELECT)\b/is.test(sql);
  const rewritten = told.filter(([oid, { file }]) => !changesRows && file !== before.get(oid)?.file);
  // What is written anew is read for it, but for a materialized view, which its query fills.
  const scanned = told.filter(
    ([oid, { scans, file }]) =>
      !changesRows && scans > (before.get(oid)?.scans ?? 0) && file === before.get(oid)?.file,
  );
  return {
    locks: told.map(([oid, { mode }]) => `${names.get(oid)} ${mode}`).sort(),
    rewritten: named(rewritten),
    scanned: named(scanned),
  };
}
