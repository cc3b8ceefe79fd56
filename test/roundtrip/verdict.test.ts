import { describe, expect, it } from "vitest";
import type { Change, ChangeClass, Phase } from "#core/report/model.ts";
import { type Ending, verdictOf } from "#core/roundtrip/verdict.ts";

function ending(phase: Phase, outcome?: Ending["stop"] | ChangeClass): Ending {
  const stop = outcome === "failed" || outcome === "timed-out" || outcome === "engine-lost";
  const changes: Change[] = [];
  if (outcome && !stop) {
    changes.push({ kind: "index", object: "a", class: outcome, before: null, after: "", words: "" });
  }
  return { phase, result: { phase, ms: 1, changes }, ...(stop ? { stop: outcome } : {}) };
}

describe("verdict", () => {
  it.each([
    [[ending("up"), ending("down"), ending("redo")], { status: "reversible" }],
    [[ending("up"), ending("down", "benign"), ending("redo", "rename-only")], { status: "reversible" }],
    [[ending("up"), ending("down", "enum-limit"), ending("redo")], { status: "reversible" }],
    [[ending("up", "failed")], { status: "up-failed" }],
    [[ending("up"), ending("down", "failed")], { status: "down-failed" }],
    [[ending("up"), ending("down"), ending("redo", "failed")], { status: "redo-failed" }],
    [[ending("up"), ending("down"), ending("redo", "real")], { status: "redo-drift" }],
    [[ending("up"), ending("down", "real"), ending("redo", "failed")], { status: "drift" }],
    [[ending("up"), ending("down", "real"), ending("redo", "real")], { status: "drift" }],
    [[ending("up"), ending("down", "timed-out")], { status: "timed-out", phase: "down" }],
    [[ending("up"), ending("down"), ending("redo", "engine-lost")], { status: "engine-lost", phase: "redo" }],
  ] as const)("%#: the first phase that failed", (endings, verdict) => {
    expect(verdictOf(endings)).toEqual(verdict);
  });
});
