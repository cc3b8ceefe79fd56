import { describe, expect, test } from "vitest";
import { mergeProof } from "#core/merge-proof.ts";
import type { Change, EngineInfo, Finding, PhaseResult, RunError, Verdict } from "#core/report/model.ts";
import { notAgain } from "#core/report/verdict-words.ts";
import { at, finding, roundTrip } from "./report/sample-report.ts";

const engine: EngineInfo = { name: "embedded", postgres: "18.4" };
const up = "m/000001_a.up.sql";
const down = "m/000001_a.down.sql";
const migrations = [{ version: "000001", name: "000001_a", up, down }];

const left: Change = {
  kind: "type",
  object: "public.user_status",
  class: "real",
  before: null,
  after: "ENUM ('a')",
  words: "type user_status is left after down",
};
const exists: RunError = {
  sqlstate: "42710",
  message: 'type "user_status" already exists',
  file: up,
  range: at(1, 1, 1, 9),
};

function merge(findings: Finding[], verdict: Verdict, phases: Partial<PhaseResult>[]) {
  const results = phases.map((phase) => ({ phase: "up" as const, ms: 1, changes: [], ...phase }));
  return mergeProof(findings, [roundTrip("000001_a", verdict, { phases: results })], migrations, engine);
}

const foreseen = finding({
  rule: "down-incomplete",
  migration: "000001_a",
  message: "the down leaves type user_status behind",
  file: up,
});
const drift = [
  { phase: "down", changes: [left] },
  { phase: "redo", error: exists },
] as const;

describe("a drift", () => {
  test("that was foreseen stays one finding, with its proof", () => {
    expect(merge([foreseen], { status: "drift" }, [...drift])).toEqual([
      {
        ...foreseen,
        proof:
          'proved on PostgreSQL 18.4: type user_status is left after down; going up again fails, 42710 type "user_status" already exists',
      },
    ]);
  });

  test("of a misspelt DROP IF EXISTS stays one finding, too", () => {
    const misspelt = finding({
      rule: "down-drops-nothing",
      migration: "000001_a",
      message: "IF EXISTS hides that there is no type user_statsu, and type user_status stays behind",
      file: down,
    });
    const merged = merge([misspelt], { status: "drift" }, [...drift]);
    expect(merged.map(({ rule }) => rule)).toEqual(["down-drops-nothing"]);
    expect(merged[0]?.proof).toMatch(/is left after down; going up again fails/);
  });

  test("of an enum value that stays, and the second up finds, is one finding, and then an error", () => {
    const stays = finding({
      rule: "enum-value-stays",
      severity: "info",
      migration: "000001_a",
      message: `PostgreSQL has no DROP VALUE: 'b' stays in e after the down, ${notAgain}`,
      file: up,
    });
    const redo = { phase: "redo", error: { ...exists, message: 'enum label "b" already exists' } } as const;
    expect(merge([stays], { status: "redo-failed" }, [redo])).toMatchObject([
      { rule: "enum-value-stays", severity: "error", proof: expect.stringMatching(/going up again fails/) },
    ]);
  });

  test("of a drop that IF EXISTS passed over is why a later one is refused", () => {
    const passed = finding({
      rule: "down-drops-nothing",
      migration: "000001_a",
      message: "IF EXISTS hides that there is no trigger b.touch, and trigger a.touch stays behind",
      file: down,
    });
    const refused = (detail: string): RunError => ({
      sqlstate: "2BP01",
      message: "cannot drop function f() because other objects depend on it",
      detail,
      file: down,
      range: at(5, 1, 5, 9),
    });
    const rules = (detail: string) =>
      merge([passed], { status: "down-failed" }, [{ phase: "down", error: refused(detail) }]).map(
        (it) => it.rule,
      );
    expect(rules("trigger touch on table a depends on function f()")).toEqual(["down-drops-nothing"]);
    expect(rules("view v depends on function f()")).toEqual(["down-drops-nothing", "down-fails"]);
  });

  test("of several objects that one finding foresaw is told in it once", () => {
    const objects = ["a", "b", "c", "d", "e", "f"].map(
      (name): Change => ({
        ...left,
        kind: "column",
        object: `public.t.${name}`,
        words: `column ${name} is left`,
      }),
    );
    const several = {
      ...foreseen,
      message: "the down leaves column t.a, column t.b and 4 more",
      changes: objects,
    };
    expect(merge([several], { status: "drift" }, [{ phase: "down", changes: objects }])).toEqual([
      {
        ...several,
        proof: "proved on PostgreSQL 18.4: column a is left; column b is left; column c is left; and 3 more",
      },
    ]);
  });

  test("that nobody foresaw is a finding of its own, and the second up is part of it", () => {
    expect(merge([], { status: "drift" }, [...drift])).toMatchObject([
      {
        rule: "drift",
        severity: "error",
        file: down,
        migration: "000001_a",
        message: "type user_status is left after down",
        changes: [left],
        proof: 'proved on PostgreSQL 18.4: going up again fails, 42710 type "user_status" already exists',
      },
    ]);
  });

  test("of another object does not hide behind the one that was foreseen", () => {
    const other = {
      ...left,
      object: "public.user_status_log",
      words: "type user_status_log is left after down",
    };
    const merged = merge([foreseen], { status: "drift" }, [{ phase: "down", changes: [left, other] }]);
    expect(merged.map(({ rule }) => rule)).toEqual(["down-incomplete", "drift"]);
    expect(merged[1]?.changes).toEqual([other]);
  });

  test.each(["tax(numeric, numeric)", '"größe"', '"a.b[c"'])("of %s is foreseen by its name", (name) => {
    const message = `the down leaves it behind: ${name.replaceAll('"', "")}`;
    const object = { ...left, object: `public.${name}` };
    expect(
      merge([{ ...foreseen, message }], { status: "drift" }, [{ phase: "down", changes: [object] }]),
    ).toHaveLength(1);
  });

  test("of a partition's column is that of the partition", () => {
    const table: Change = {
      ...left,
      kind: "table",
      object: "public.parts_1",
      before: "partitionOf public.parts",
      after: "table",
      words: "table parts_1: partition of public.parts is lost",
    };
    const column: Change = {
      ...left,
      kind: "column",
      object: "public.parts_1.id",
      words: "column parts_1.id: identity always is lost",
    };
    const known = { ...foreseen, message: `after the down ${table.words}`, changes: [table] };
    const merged = merge([known], { status: "drift" }, [{ phase: "down", changes: [table, column] }]);
    expect(merged.map(({ rule }) => rule)).toEqual(["down-incomplete"]);
    expect(merged[0]?.proof).toContain("identity always is lost");
  });

  test("that the second up finds again is told once", () => {
    const later = { ...left, object: "public.other", words: "type other is left after going up again" };
    const phases = [
      { phase: "down", changes: [left] },
      { phase: "redo", changes: [left, later] },
    ] as const;
    const merged = merge([foreseen], { status: "drift" }, [...phases]);
    expect(merged.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      `down-incomplete: ${foreseen.message}`,
      "redo-drift: type other is left after going up again",
    ]);
  });

  test("of what names a renamed column is told with the name", () => {
    const known = { ...foreseen, message: "column t.a is called b after the down" };
    const check: Change = {
      kind: "constraint",
      object: "public.t.c",
      class: "real",
      before: "CHECK ((a > 0))",
      after: "CHECK ((b > 0))",
      words: "constraint t.c: b instead of a in the definition",
    };
    const rules = (change: Change) =>
      merge([known], { status: "drift" }, [{ phase: "down", changes: [change] }]).map(({ rule }) => rule);
    expect(rules(check)).toEqual(["down-incomplete"]);
    expect(rules({ ...check, after: "CHECK ((b > 1))" })).toEqual(["down-incomplete", "drift"]);
  });

  test("of the second up is not told where it gives a number to the name that the down left", () => {
    const one: Change = { ...left, kind: "constraint", object: "public.t.t_a_check" };
    const again: Change = { ...one, object: "public.t.t_a_check1" };
    const merged = merge(
      [{ ...foreseen, message: "the down leaves constraint t.t_a_check behind" }],
      { status: "drift" },
      [
        { phase: "down", changes: [one] },
        { phase: "redo", changes: [again] },
      ],
    );
    expect(merged.map(({ rule }) => rule)).toEqual(["down-incomplete"]);
  });

  test("of default privileges is foreseen, whoever they are of", () => {
    const message = "the down leaves default privileges IN SCHEMA app ON TABLES behind";
    const object = {
      ...left,
      kind: "default privileges" as const,
      object: "postgres IN SCHEMA app ON TABLES",
    };
    const merged = merge([{ ...foreseen, message }], { status: "drift" }, [
      { phase: "down", changes: [object] },
    ]);
    expect(merged.map(({ rule }) => rule)).toEqual(["down-incomplete"]);
  });

  test("of another migration is not its proof", () => {
    const elsewhere = { ...foreseen, migration: "000009_b" };
    expect(merge([elsewhere], { status: "drift" }, [{ phase: "down", changes: [left] }])).toHaveLength(2);
  });

  test("names three of many objects", () => {
    const changes = ["a", "b", "c", "d"].map((name) => ({ ...left, object: `public.${name}` }));
    expect(merge([], { status: "drift" }, [{ phase: "down", changes }])[0]?.message).toBe(
      "4 differences after the down: type public.a, type public.b, type public.c, …",
    );
  });
});

describe("an error", () => {
  test("of the second up is the proof of a name that is left", () => {
    const renamed = {
      ...left,
      class: "rename-only" as const,
      words: "constraint t.a is called b after down",
    };
    const known = {
      ...foreseen,
      message: "constraint t.a is called b after the down, so the up does not run again",
    };
    const error = { ...exists, sqlstate: "42704", message: 'constraint "a" does not exist' };
    expect(
      merge([known], { status: "redo-failed" }, [
        { phase: "down", changes: [renamed] },
        { phase: "redo", error },
      ]),
    ).toEqual([
      {
        ...known,
        proof: 'proved on PostgreSQL 18.4: going up again fails, 42704 constraint "a" does not exist',
      },
    ]);
  });

  test("of a transaction that is left open is the proof of the BEGIN", () => {
    const begin = finding({ rule: "uncommitted-transaction", migration: "000001_a", file: down });
    const { range: _, ...error } = { ...exists, sqlstate: "25001", message: "open", file: down };
    const merged = merge([begin], { status: "down-failed" }, [{ phase: "down", error }]);
    expect(merged).toEqual([{ ...begin, proof: "proved on PostgreSQL 18.4: going down fails, 25001 open" }]);
  });

  test("of the second up is the proof of rows that are left", () => {
    const message = "the down leaves the rows that are inserted into t, so the up does not run again";
    const error = { ...exists, sqlstate: "23505", message: "duplicate key value" };
    const merged = merge([{ ...foreseen, message }], { status: "redo-failed" }, [{ phase: "redo", error }]);
    expect(merged.map(({ proof }) => proof)).toEqual([
      "proved on PostgreSQL 18.4: going up again fails, 23505 duplicate key value",
    ]);
  });

  test("of a name that is taken is not what a rule about locks foresaw", () => {
    const lock = finding({
      rule: "foreign-key-validation",
      migration: "000001_a",
      file: up,
      range: at(1, 1, 1, 9),
    });
    const stops = { ...lock, rule: "up-stops" };
    const rules = (findings: Finding[], error: RunError) =>
      merge(findings, { status: "up-failed" }, [{ phase: "up", error }]).map(({ rule, proof }) => [
        rule,
        proof !== undefined,
      ]);
    expect(rules([lock], exists)).toEqual([
      ["foreign-key-validation", false],
      ["up-fails", true],
    ]);
    expect(rules([lock, stops], exists)).toEqual([
      ["foreign-key-validation", false],
      ["up-stops", true],
    ]);
    expect(rules([lock], { ...exists, sqlstate: "23503" })).toEqual([["foreign-key-validation", true]]);
  });

  test("of serial, which no schema makes, is foreseen", () => {
    const known = finding({
      rule: "change-column-type",
      migration: "000001_a",
      file: up,
      range: at(1, 1, 1, 9),
    });
    const error = { ...exists, sqlstate: "42704", message: 'type "bigserial" does not exist' };
    const merged = merge([known], { status: "up-failed" }, [{ phase: "up", error }]);
    expect(merged.map(({ rule }) => rule)).toEqual(["change-column-type"]);
  });

  test("on a statement that was foreseen to fail is its proof", () => {
    const order = finding({ rule: "down-order", migration: "000001_a", file: down, range: at(2, 1, 3, 9) });
    const error = {
      ...exists,
      sqlstate: "2BP01",
      message: "other objects depend on it",
      file: down,
      range: at(2, 1, 2, 5),
    };
    expect(merge([order], { status: "down-failed" }, [{ phase: "down", error }])).toEqual([
      { ...order, proof: "proved on PostgreSQL 18.4: going down fails, 2BP01 other objects depend on it" },
    ]);
  });

  test("elsewhere in the file is a finding at its statement, with detail and hint", () => {
    const order = finding({ rule: "down-order", migration: "000001_a", file: up, range: at(5, 1, 5, 9) });
    const error = { ...exists, detail: "Two of them.", hint: "Rename one." };
    const merged = merge([order], { status: "up-failed" }, [{ phase: "up", error }]);
    expect(merged[0]).toEqual(order);
    expect(merged[1]).toMatchObject({
      rule: "up-fails",
      file: up,
      range: at(1, 1, 1, 9),
      message: 'going up fails: type "user_status" already exists',
      proof: "proved on PostgreSQL 18.4, SQLSTATE 42710\nTwo of them.\nhint: Rename one.",
    });
    expect(merged[1]).not.toHaveProperty("help");
  });

  test.each([
    ["up", "42P01", 'relation "auth.users" does not exist', /"prelude"/],
    ["up", "0A000", 'extension "vector" is not available', /"image"/],
    ["down", "42P01", 'relation "users" does not exist', undefined],
  ] as const)(
    "going %s of what may come from outside of the folder: %s",
    (phase, sqlstate, message, help) => {
      const error = { ...exists, sqlstate, message };
      const [found] = merge([], { status: `${phase}-failed` }, [{ phase, error }]);
      if (help) expect(found?.help).toMatch(help);
      else expect(found).not.toHaveProperty("help");
    },
  );
});

test("what the folder itself has made away with was foreseen", () => {
  const gone = finding({ rule: "up-stops", migration: "000001_a", file: up, range: at(1, 1, 1, 9) });
  const error = { ...exists, sqlstate: "42P01", message: 'relation "posts" does not exist' };
  expect(merge([gone], { status: "up-failed" }, [{ phase: "up", error }])).toEqual([
    { ...gone, proof: 'proved on PostgreSQL 18.4: going up fails, 42P01 relation "posts" does not exist' },
  ]);
});

test("what is missing may be what an earlier migration failed to make", () => {
  const failing = (name: string) => {
    const error = { ...exists, sqlstate: "42P01", message: `relation "of ${name}" does not exist` };
    return roundTrip(name, { status: "up-failed" }, { phases: [{ phase: "up", ms: 1, changes: [], error }] });
  };
  const names = ["000001_a", "000002_b", "000003_c"];
  const migrations = names.map((name) => ({ version: name.slice(0, 6), name, up }));
  expect(mergeProof([], names.map(failing), migrations, engine).map(({ help }) => help)).toEqual([
    expect.stringContaining('"prelude"'),
    "000001_a does not go up, and may be what was to make it: mend that first",
    "000001_a does not go up, and may be what was to make it: mend that first",
  ]);
});

test("what comes from outside of the folder does not hide behind a finding on its statement", () => {
  const index = finding({
    rule: "require-concurrent-index",
    migration: "000001_a",
    file: up,
    range: at(1, 1, 1, 9),
  });
  const error = { ...exists, sqlstate: "42P01", message: 'relation "auth.users" does not exist' };
  const merged = merge([index], { status: "up-failed" }, [{ phase: "up", error }]);
  expect(merged[0]).toEqual(index);
  expect(merged[1]).toMatchObject({ rule: "up-fails", help: expect.stringContaining('"prelude"') });
});

describe("a file that the runner refuses", () => {
  const error: RunError = {
    sqlstate: null,
    message: "the runner refuses the file: SQL above -- migrate:up is refused",
    file: up,
    range: at(1, 1, 1, 9),
    unsent: true,
  };

  test("was not proved on PostgreSQL", () => {
    expect(merge([], { status: "up-failed" }, [{ phase: "up", error }])).toMatchObject([
      {
        rule: "up-fails",
        message: `going up fails: ${error.message}`,
        proof: "nothing was sent to PostgreSQL",
      },
    ]);
  });

  test("is told once where a rule foresaw it", () => {
    const marker = finding({
      rule: "section-marker",
      migration: "000001_a",
      file: up,
      range: at(1, 1, 1, 9),
    });
    expect(merge([marker], { status: "up-failed" }, [{ phase: "up", error }])).toEqual([
      { ...marker, proof: "the runner refuses the file: nothing was sent to PostgreSQL" },
    ]);
  });
});

test.each<[Verdict, string]>([
  [{ status: "timed-out", phase: "down" }, "timed out going down"],
  [{ status: "engine-lost", phase: "up" }, "PostgreSQL was lost going up"],
  [{ status: "data-lost", columns: ["public.users.email"] }, "loses data in public.users.email"],
])("%j is a finding", (verdict, message) => {
  expect(merge([], verdict, [])).toMatchObject([{ rule: verdict.status, message, severity: "error" }]);
});

test.each<Verdict>([
  { status: "reversible" },
  { status: "irreversible", reason: "declared" },
  { status: "skipped", reason: "no up" },
])("%j is none", (verdict) => {
  expect(merge([], verdict, [{ phase: "down", changes: [{ ...left, class: "benign" }] }])).toEqual([]);
});
