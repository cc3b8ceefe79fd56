import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { renderJson } from "#core/report/json.ts";
import { reportSchema } from "#core/report/json-schema.ts";
import type { Report, Verdict } from "#core/report/model.ts";
import { verdictStatuses } from "#core/report/verdict-words.ts";
import { at, finding, report, roundTrip } from "./sample-report.ts";

const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(reportSchema);

function check(value: Report) {
  const parsed = JSON.parse(renderJson(value));
  expect(validate(parsed), JSON.stringify(validate.errors)).toBe(true);
  return parsed;
}

const verdicts: Record<Verdict["status"], Verdict> = {
  reversible: { status: "reversible" },
  drift: { status: "drift" },
  "up-failed": { status: "up-failed" },
  "down-failed": { status: "down-failed" },
  "redo-failed": { status: "redo-failed" },
  "redo-drift": { status: "redo-drift" },
  "data-lost": { status: "data-lost", columns: ["users.email"] },
  irreversible: { status: "irreversible", reason: "rows are gone" },
  "timed-out": { status: "timed-out", phase: "up" },
  "engine-lost": { status: "engine-lost", phase: "down" },
  skipped: { status: "skipped", reason: "no up" },
};

test("every status is known to the schema", () => {
  expect([...verdictStatuses].sort()).toEqual(Object.keys(verdicts).sort());
  for (const verdict of Object.values(verdicts)) {
    const [first] = check(report({ roundTrips: [roundTrip("000001_a", verdict)] })).roundTrips;
    expect(first).toMatchObject(verdict);
  }
});

test("a round trip is flat: first error, all changes with their phase, timings", () => {
  const change = {
    kind: "type",
    object: "public.t",
    class: "real",
    before: null,
    after: "ENUM",
    words: "left",
  } as const;
  const value = report({
    roundTrips: [
      roundTrip(
        "000001_a",
        { status: "drift" },
        {
          ms: 20,
          phases: [
            { phase: "up", ms: 1, changes: [] },
            { phase: "down", ms: 2, changes: [change] },
            {
              phase: "redo",
              ms: 3,
              changes: [],
              error: {
                sqlstate: "42710",
                message: "exists",
                hint: "drop it",
                file: "a.up.sql",
                range: at(2, 3, 2, 9),
              },
            },
          ],
        },
      ),
    ],
  });
  const error = {
    phase: "redo",
    sqlstate: "42710",
    message: "exists",
    hint: "drop it",
    file: "a.up.sql",
    line: 2,
    column: 3,
  };
  expect(check(value).roundTrips).toEqual([
    {
      version: "000001",
      name: "000001_a",
      status: "drift",
      changes: [{ phase: "down", ...change }],
      error,
      errors: [error],
      timings: { up: 1, down: 2, redo: 3, total: 20 },
    },
  ]);
});

test("everything that a finding may carry is in the schema", () => {
  const file = "migrations/000001_a.up.sql";
  check(
    report({
      findings: [
        finding({
          migration: "000001_a",
          label: "here",
          why: "because",
          help: "do",
          proof: "proved",
          related: [{ message: "there", location: { file, range: at(1, 1, 2, 1) } }],
          changes: [
            { kind: "table", object: "public.a", class: "benign", before: "x", after: null, words: "w" },
          ],
          fix: {
            title: "Fix",
            edits: [
              { kind: "replace", file, start: 0, end: 1, text: "" },
              { kind: "create", file, text: "" },
              { kind: "rename", file, to: "b" },
              { kind: "delete", file },
            ],
          },
        }),
      ],
    }),
  );
});

test("nothing proved is null, with its reason", () => {
  const { engine: _, ...value } = report({ unproved: "no engine" });
  expect(check(value)).toMatchObject({ engine: null, unproved: "no engine" });
});
