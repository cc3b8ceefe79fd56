import { describe, expect, it } from "vitest";
import { renderMarkdown } from "#core/report/markdown.ts";
import type { Change } from "#core/report/model.ts";
import { finding, report, roundTrip } from "./sample-report.ts";

/** What a comment shows of a difference, beside a finding that was foreseen and then proved. */

const name = "000001_a";

function rendered(change: Pick<Change, "words" | "before" | "after">): string {
  const real: Change = { kind: "type", object: "public.mood", class: "real", ...change };
  const proved = roundTrip(
    name,
    { status: "drift" },
    { phases: [{ phase: "down", ms: 1, changes: [real] }] },
  );
  const foreseen = finding({ migration: name, proof: `proved on PostgreSQL 18.4: ${change.words}` });
  return renderMarkdown(report({ roundTrips: [proved], findings: [foreseen] }), { limit: 60_000 });
}

it("each of several differences stands under its words, and the rest is counted", () => {
  const changes = ["a", "b", "c", "d"].map(
    (column): Change => ({
      kind: "column",
      object: `public.t.${column}`,
      class: "real",
      before: "text NOT NULL",
      after: "text",
      words: `column t.${column}: NOT NULL is lost`,
    }),
  );
  const text = renderMarkdown(report({ findings: [finding({ migration: name, changes })] }), {
    limit: 60_000,
  });
  expect(text).toContain("column t.a: NOT NULL is lost\n\n```diff\n- text NOT NULL\n+ text\n```");
  expect(text).toContain("… and 1 more");
  expect(text).not.toContain("t.d");
});

describe("a difference that a finding names", () => {
  it("is not shown again where a whole object is left", () => {
    const text = rendered({ words: "type mood is left after down", before: null, after: "form enum" });
    expect(text).toContain("type mood is left after down");
    expect(text).not.toContain("What differs after");
  });

  it("is shown where only a diff says what it is", () => {
    const text = rendered({
      words: "type mood differs after down",
      before: "labels (a)",
      after: "labels (a, b)",
    });
    expect(text).toContain("What differs after");
    expect(text).toContain("+ labels (a, b)");
  });
});
