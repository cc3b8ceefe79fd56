import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  Background,
  BackgroundLostError,
  CancelledError,
} from "../../extension/src/background/background.ts";
import { nodeThread } from "../../extension/src/background/node-thread.ts";

interface Methods {
  double(input: number): Promise<number>;
  fail(input: string): Promise<never>;
  count(input: number): Promise<string>;
  wait(input: undefined): Promise<string>;
  hang(input: undefined): Promise<never>;
  die(input: undefined): Promise<never>;
}

const source = `
import { nodePort } from "./extension/src/background/node-port.ts";
import { serve } from "./extension/src/background/rpc.ts";
serve(nodePort(), {
  double: (n) => n * 2,
  fail: (words) => { throw new Error(words); },
  count: (n, { emit }) => { for (let i = 1; i <= n; i++) emit(i); return "done"; },
  wait: (_, { signal }) => new Promise((resolve) => signal.addEventListener("abort", () => resolve("stopped"))),
  hang: () => { for (;;); },
  die: () => process.exit(3),
});`;

const folder = mkdtempSync(join(tmpdir(), "switchback-background-"));
const worker = join(folder, "worker.mjs");

beforeAll(async () => {
  const root = join(import.meta.dirname, "../..");
  const stdin = { contents: source, resolveDir: root, loader: "ts" as const };
  await build({ stdin, bundle: true, format: "esm", platform: "node", outfile: worker });
});
afterAll(() => rmSync(folder, { recursive: true }));

function background(): Background<Methods> {
  return new Background<Methods>(() => nodeThread(worker));
}

describe("Background", () => {
  it("answers many calls at once", async () => {
    const thread = background();
    const answers = await Promise.all([1, 2, 3].map((n) => thread.call("double", n)));
    expect(answers).toEqual([2, 4, 6]);
    expect(thread.generation).toBe(1);
    thread.kill("the test is over");
  });

  it("hands a failure to its caller and lives on", async () => {
    const thread = background();
    await expect(thread.call("fail", "no such table")).rejects.toThrow("no such table");
    await expect(thread.call("double", 4)).resolves.toBe(8);
    thread.kill("the test is over");
  });

  it("passes events on before the result", async () => {
    const thread = background();
    const seen: number[] = [];
    const options = { onEvent: (event: number) => seen.push(event) };
    await expect(thread.call<"count", number>("count", 3, options)).resolves.toBe("done");
    expect(seen).toEqual([1, 2, 3]);
    thread.kill("the test is over");
  });

  it("lets a cancelled call end by itself", async () => {
    const thread = background();
    const controller = new AbortController();
    const call = thread.call("wait", undefined, { signal: controller.signal, grace: 3_600_000 });
    controller.abort();
    await expect(call).resolves.toBe("stopped");
    expect(thread.running).toBe(true);
    thread.kill("the test is over");
  });

  it("kills a thread that does not stop, and starts another", async () => {
    const thread = background();
    const controller = new AbortController();
    const call = thread.call("hang", undefined, { signal: controller.signal, grace: 50 });
    controller.abort();
    await expect(call).rejects.toBeInstanceOf(CancelledError);
    expect(thread.running).toBe(false);
    await expect(thread.call("double", 5)).resolves.toBe(10);
    expect(thread.generation).toBe(2);
    thread.kill("the test is over");
  });

  it("tells everybody who waits when the thread dies, and starts another", async () => {
    const thread = background();
    const waiting = thread.call("wait", undefined);
    const dying = thread.call("die", undefined);
    await expect(dying).rejects.toBeInstanceOf(BackgroundLostError);
    await expect(waiting).rejects.toThrow("it ended with code 3");
    await expect(thread.call("double", 6)).resolves.toBe(12);
    thread.kill("the test is over");
  });

  it("reports a file that is no program", async () => {
    const broken = join(folder, "broken.mjs");
    writeFileSync(broken, "this is not JavaScript");
    const thread = new Background<Methods>(() => nodeThread(broken));
    await expect(thread.call("double", 1)).rejects.toThrow(/Unexpected identifier/);
  });
});
