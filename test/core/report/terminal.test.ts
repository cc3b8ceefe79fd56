import { describe, expect, test } from "vitest";
import type { Report } from "#core/report/model.ts";
import { renderTerminal } from "#core/report/terminal.ts";
import { at, finding, report, roundTrip } from "./sample-report.ts";

const render = (value: Report, texts: Record<string, string> = {}, width = 100) =>
  renderTerminal(value, { color: false, width, source: (file) => texts[file] });

test("all is well", () => {
  const roundTrips = [
    roundTrip("000001_init_schema", { status: "reversible" }, { ms: 41 }),
    roundTrip("000002_create_kms_data_keys", { status: "reversible" }, { ms: 58 }),
  ];
  expect(render(report({ roundTrips }))).toBe(`\
Switchback 0.1.0 · PostgreSQL 18.4 (embedded) · golang-migrate · 2 migrations

✓ 000001 init_schema           reversible  41 ms
✓ 000002 create_kms_data_keys  reversible  58 ms

2 migrations, every one goes up, down and up again. No findings. 1.2 s
`);
});

test("nothing is in scope", () => {
  const { engine: _, ...value } = report();
  expect(render(value)).toBe(`\
Switchback 0.1.0 · golang-migrate · 0 migrations

No migration to report on. 1.2 s
`);
});

test("something is wrong", () => {
  const up = "migrations/000012_add_user_status.up.sql";
  const down = "migrations/000012_add_user_status.down.sql";
  const value = report({
    roundTrips: [
      ...Array.from({ length: 11 }, (_, index) =>
        roundTrip(`${String(index + 1).padStart(6, "0")}_step`, { status: "reversible" }),
      ),
      roundTrip(
        "000012_add_user_status",
        { status: "drift" },
        {
          phases: [
            { phase: "up", ms: 3, changes: [] },
            { phase: "down", ms: 3, changes: [] },
            {
              phase: "redo",
              ms: 3,
              changes: [],
              error: { sqlstate: "42710", message: 'type "user_status" already exists', file: up },
            },
          ],
        },
      ),
      roundTrip("000013_index_orders", { status: "reversible" }),
      roundTrip(
        "000014_orders_total",
        { status: "reversible" },
        {
          phases: [
            {
              phase: "down",
              ms: 1,
              changes: [
                {
                  kind: "column",
                  object: "public.a.b",
                  class: "benign",
                  before: "1",
                  after: "2",
                  words: "column orders.total stands at another position after down",
                },
              ],
            },
          ],
        },
      ),
    ],
    findings: [
      finding({
        rule: "down-incomplete",
        message: "the down leaves type user_status behind",
        file: up,
        migration: "000012_add_user_status",
        range: at(1, 1, 1, 24),
        label: "created here",
        related: [
          // Where the finding is: it is not said twice.
          { message: "itself", location: { file: up, range: at(1, 1, 1, 1) } },
          { message: "drops the column users.status only", location: { file: down, range: at(1, 1, 1, 2) } },
        ],
        proof: 'proved on PostgreSQL 18.4: going up again fails, 42710 type "user_status" already exists',
        why: "What is left behind stands in the way of going up again.",
        help: "end the down with\n  DROP TYPE IF EXISTS user_status;",
      }),
      finding({
        rule: "require-concurrent-index",
        message: "building orders_created_idx blocks every write to orders",
        file: "migrations/000013_index_orders.up.sql",
        migration: "000013_index_orders",
        range: at(1, 1, 1, 13),
        label: "takes SHARE on orders until the build is done",
      }),
    ],
  });
  const texts = {
    [up]: "CREATE TYPE user_status AS ENUM ('active', 'blocked');\n",
    "migrations/000013_index_orders.up.sql": "CREATE INDEX orders_created_idx ON orders (created_at);\n",
  };
  expect(render(value, texts)).toBe(`\
Switchback 0.1.0 · PostgreSQL 18.4 (embedded) · golang-migrate · 14 migrations

✓ 000001–000011           reversible                            132 ms
✗ 000012 add_user_status  drift after down, cannot go up again   12 ms
✗ 000013 index_orders     reversible, 1 error                    12 ms
✓ 000014 orders_total     reversible, 1 harmless change          12 ms
    column orders.total stands at another position after down

error[down-incomplete]: the down leaves type user_status behind
   ╭─ migrations/000012_add_user_status.up.sql:1:1
 1 │ CREATE TYPE user_status AS ENUM ('active', 'blocked');
   │ ─────────────────────── created here
   ├─ migrations/000012_add_user_status.down.sql:1:1 drops the column users.status only
   proved on PostgreSQL 18.4: going up again fails, 42710 type "user_status" already exists
   What is left behind stands in the way of going up again.
   help: end the down with
     DROP TYPE IF EXISTS user_status;

error[require-concurrent-index]: building orders_created_idx blocks every write to orders
   ╭─ migrations/000013_index_orders.up.sql:1:1
 1 │ CREATE INDEX orders_created_idx ON orders (created_at);
   │ ──────────── takes SHARE on orders until the build is done

14 migrations: 13 reversible, 1 does not come back to where it started. 2 errors. 1.2 s
`);
});

test("a drift shows both definitions as a short diff", () => {
  const changes = [
    {
      kind: "view",
      object: "public.v",
      class: "real" as const,
      before: "SELECT a,\n  b\nFROM t",
      after: "SELECT a,\n  c\nFROM t",
      words: "view v differs after down",
    },
    {
      kind: "index",
      object: "public.i",
      class: "real" as const,
      before: "CREATE INDEX i ON t (a)",
      after: null,
      words: "index i is missing after down",
    },
  ];
  const value = report({
    findings: [finding({ rule: "drift", message: "2 differences after the down", changes })],
  });
  expect(render(value)).toContain(`\
error[drift]: 2 differences after the down
   ╭─ migrations/000001_a.up.sql
   view v differs after down
     SELECT a,
   -   b
   +   c
   index i is missing after down
   - CREATE INDEX i ON t (a)
`);
});

describe("what does not fit", () => {
  test("a label too long for the line stands on its own", () => {
    const value = report({ findings: [finding({ range: at(1, 1, 1, 7), label: "x".repeat(30) })] });
    expect(render(value, { "migrations/000001_a.up.sql": "SELECT 1;" }, 40)).toContain(
      ` 1 │ SELECT 1;\n   │ ──────\n   │ ${"x".repeat(30)}\n`,
    );
  });

  test("a long name is cut", () => {
    const value = report({ roundTrips: [roundTrip(`000001_${"x".repeat(100)}`, { status: "reversible" })] });
    expect(render(value)).toContain(`✓ 000001 ${"x".repeat(40)}…  reversible`);
  });

  test("a name gives way to the verdict on a narrow screen", () => {
    const long = roundTrip(`000001_${"x".repeat(100)}`, { status: "reversible" });
    const [line = ""] = render(report({ roundTrips: [long] }), {}, 60).match(/^✓ .*/m) ?? [];
    expect(line).toMatch(/^✓ 000001 x+… {2}reversible {2}/);
    expect(line).toHaveLength(60);
    expect(render(report({ roundTrips: [long] }), {}, 20)).toContain(
      `✓ 000001 ${"x".repeat(12)}…  reversible`,
    );
  });

  test("the reason of a rule stands once", () => {
    const value = report({ findings: [finding({ why: "Because." }), finding({ why: "Because." })] });
    expect(render(value).match(/Because\./g)).toHaveLength(1);
  });
});

test("nothing from a file can drive the terminal", () => {
  const evil = "\u001b[2J\u001b]0;owned\u0007\u202e\u061c\u200b\u{e0041}";
  const value = report({
    roundTrips: [roundTrip(`000001_${evil}`, { status: "irreversible", reason: evil })],
    findings: [
      finding({
        file: `${evil}.sql`,
        range: at(1, 1, 1, 9),
        message: evil,
        label: evil,
        help: evil,
        why: evil,
        proof: evil,
        related: [{ message: evil, location: { file: evil, range: at(1, 1, 1, 2) } }],
        changes: [
          { kind: "view", object: evil, class: "real", before: evil, after: `${evil}x`, words: evil },
        ],
      }),
    ],
    unproved: evil,
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is the question
  const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u061c\u200b\u{e0041}]/u;
  expect(render(value, { [`${evil}.sql`]: `${evil} SELECT` })).not.toMatch(control);
});

test("colours are there when asked for", () => {
  const value = report({ findings: [finding()] });
  const colored = renderTerminal(value, { color: true, width: 80, source: () => undefined });
  expect(colored).toContain("\u001b[31m");
});

test("why nothing was proved is said before anything else", () => {
  const { engine: _, ...value } = report({ unproved: "PostgreSQL 16 is not here.\n  npm install …" });
  expect(render(value)).toContain("PostgreSQL 16 is not here.\n  npm install …\n");
});

test("a reason stands once, and another one of the same rule too", () => {
  const findings = ["One.", "One.", "Two."].map((why) => finding({ why }));
  const text = render(report({ findings }));
  expect(text.match(/One\./g)).toHaveLength(1);
  expect(text.match(/Two\./g)).toHaveLength(1);
});
