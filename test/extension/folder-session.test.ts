import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { builtInConfig } from "#core/config/resolve-config.ts";
import type { LintInput, LintResult } from "../../extension/src/analysis/methods.ts";
import { FolderSession } from "../../extension/src/folder-session.ts";

const debounce = 10;

/** A linter that answers when it is told to, and finds one thing: the texts that it knows. */
function slowLinter() {
  const known = new Map<string, string>();
  const calls: LintInput[] = [];
  const waiting: (() => void)[] = [];
  const linter = {
    generation: 1,
    lint(input: LintInput): Promise<LintResult> {
      calls.push(input);
      if (input.fresh) known.clear();
      for (const [path, content] of input.changed) {
        if (content === null) known.delete(path);
        else known.set(path, String(content));
      }
      const migrations = [...known].map(([name, version]) => ({ name, version }));
      return new Promise((resolve) =>
        waiting.push(() => resolve({ layout: "", migrations, programs: [], findings: [], ms: 0 })),
      );
    },
  };
  return { linter, calls, answer: () => waiting.shift()?.() };
}

function session(linter: ReturnType<typeof slowLinter>["linter"]) {
  const results: LintResult[] = [];
  const failures: unknown[] = [];
  const made = new FolderSession(linter, {
    id: "file:///shop/migrations",
    folder: "migrations",
    config: builtInConfig,
    nearby: [],
    debounce,
    onResult: (result) => results.push(result),
    onFailure: (error) => failures.push(error),
  });
  return { made, results, failures };
}

const contents = (result: LintResult | undefined) =>
  Object.fromEntries((result?.migrations ?? []).map(({ name, version }) => [name, version]));

describe("FolderSession", () => {
  it("waits for a pause and checks all that changed at once", async () => {
    const { linter, calls, answer } = slowLinter();
    const { made, results } = session(linter);
    made.set("a", () => "1");
    made.set("b", () => "2");
    made.set("a", () => "3");
    expect(calls).toHaveLength(0);
    await sleep(debounce * 3);
    answer();
    await made.settled();
    expect(calls).toHaveLength(1);
    expect(results.map(contents)).toEqual([{ a: "3", b: "2" }]);
  });

  it("throws a result away that a newer change overtook, and sends only the change", async () => {
    const { linter, calls, answer } = slowLinter();
    const { made, results } = session(linter);
    made.set("a", () => "old");
    made.set("b", () => "same");
    await sleep(debounce * 3);
    made.set("a", () => "new");
    answer();
    await sleep(debounce * 3);
    answer();
    await made.settled();
    expect(results.map(contents)).toEqual([{ a: "new", b: "same" }]);
    expect(calls[1]?.changed).toEqual([["a", "new"]]);
  });

  it("does not wait for the pause when somebody waits for it", async () => {
    const { linter, calls, answer } = slowLinter();
    const { made } = session(linter);
    made.set("a", () => "1");
    const settled = made.settled();
    expect(calls).toHaveLength(1);
    answer();
    expect(contents(await settled)).toEqual({ a: "1" });
    expect(made.pending).toBe(false);
  });

  it("checks nothing while the folder is being read, and whoever waits gets the whole", async () => {
    const { linter, calls, answer } = slowLinter();
    const { made } = session(linter);
    made.hold();
    made.set("a", () => "1");
    const settled = made.settled();
    await sleep(debounce * 3);
    expect(calls).toHaveLength(0);
    made.set("b", () => "2");
    made.release();
    expect(calls).toHaveLength(1);
    answer();
    expect(contents(await settled)).toEqual({ a: "1", b: "2" });
  });

  it("has nothing to say of a folder that was read and is empty", async () => {
    const { made } = session(slowLinter().linter);
    made.hold();
    const settled = made.settled();
    made.release();
    expect(await settled).toBeUndefined();
  });

  it("sends every file again to a thread that was started anew", async () => {
    const { linter, calls, answer } = slowLinter();
    const { made } = session(linter);
    made.set("a", () => "1");
    made.set("b", () => "2");
    const first = made.settled();
    answer();
    await first;
    linter.generation++;
    made.set("a", () => "3");
    const second = made.settled();
    answer();
    expect(contents(await second)).toEqual({ a: "3", b: "2" });
    expect(calls.map((call) => call.fresh)).toEqual([true, true]);
  });

  it("reports a failure, keeps the last result, and starts afresh", async () => {
    const { linter, calls, answer } = slowLinter();
    const { made, failures } = session(linter);
    made.set("a", () => "1");
    const first = made.settled();
    answer();
    await first;
    const { lint } = linter;
    linter.lint = () => Promise.reject(new Error("lost"));
    made.set("a", () => "2");
    expect(contents(await made.settled())).toEqual({ a: "1" });
    expect(failures).toEqual([new Error("lost")]);
    linter.lint = lint;
    made.set("a", () => "3");
    const third = made.settled();
    answer();
    expect(contents(await third)).toEqual({ a: "3" });
    expect(calls.at(-1)?.fresh).toBe(true);
  });

  it("forgets a deleted file", async () => {
    const { linter, answer } = slowLinter();
    const { made } = session(linter);
    made.set("a", () => "1");
    made.set("b", () => "2");
    const first = made.settled();
    answer();
    await first;
    made.delete("a");
    made.delete("never there");
    const second = made.settled();
    answer();
    expect(contents(await second)).toEqual({ b: "2" });
  });

  it("says nothing after it was disposed", async () => {
    const { linter, answer } = slowLinter();
    const { made, results } = session(linter);
    made.set("a", () => "1");
    await sleep(debounce * 3);
    made.dispose();
    answer();
    await made.settled();
    expect(results).toEqual([]);
  });
});
