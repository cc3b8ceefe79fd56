import { dequal } from "dequal";

/** As much of `node:assert/strict` as the suites use, for a host in a browser: the bundle puts it in its place. */
const assert = {
  ok(value: unknown, message = `${show(value)} is not truthy`): void {
    if (!value) throw new Error(message);
  },
  equal(actual: unknown, expected: unknown): void {
    assert.ok(Object.is(actual, expected), `${show(actual)} is not ${show(expected)}`);
  },
  notEqual(actual: unknown, other: unknown): void {
    assert.ok(!Object.is(actual, other), `both are ${show(actual)}`);
  },
  deepEqual(actual: unknown, expected: unknown): void {
    assert.ok(dequal(actual, expected), `${show(actual)} is not ${show(expected)}`);
  },
  match(text: string, pattern: RegExp): void {
    assert.ok(pattern.test(text), `${show(text)} does not match ${pattern}`);
  },
  doesNotMatch(text: string, pattern: RegExp): void {
    assert.ok(!pattern.test(text), `${show(text)} matches ${pattern}`);
  },
  async rejects(run: Promise<unknown> | (() => Promise<unknown>), pattern = /./): Promise<void> {
    const rejected = await Promise.resolve(typeof run === "function" ? run() : run).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    assert.ok(rejected, "it did not reject");
    assert.match(rejected ?? "", pattern);
  },
};

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

export default assert;
