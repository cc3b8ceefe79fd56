import { createRequire } from "node:module";
import * as vscode from "vscode";
import type { Api } from "../../../extension/src/start-extension.ts";
import { LongestBlock } from "./longest-block.ts";
import { measured } from "./run-in-node.ts";
import { test } from "./runner.ts";
import { closeEverything, eventually, extensionId, open } from "./support.ts";

const none = new vscode.CancellationTokenSource().token;
const edited = "migrations/000250_table.up.sql";
/** What the extension waits for after a keystroke, in milliseconds. */
const debounce = 100;

let api: Api;

test("activation", async () => {
  const extension = vscode.extensions.getExtension<Api>(extensionId);
  api = (await extension?.activate()) as Api;
  // The workbench has loaded the bundle already: a second time, without the cache, takes as long.
  const load = createRequire(__filename);
  const bundle = load.resolve(`${extension?.extensionPath}/dist/extension.cjs`);
  delete load.cache[bundle];
  const started = performance.now();
  load(bundle);
  const loading = performance.now() - started;
  measured(`activation: ${(loading + api.activated).toFixed(1)} ms, ${loading.toFixed(1)} of them to load`);
  await eventually("the folder", () => api.folders.all.length === 1);
  await api.folders.settled();
});

test("typing", async () => {
  const editor = await open(edited);
  const times: number[] = [];
  const block = new LongestBlock("dist/extension.cjs");
  await block.start();
  for (let i = 0; i < 30; i++) {
    const linted = new Promise<number>((resolve) => {
      const subscription = api.folders.onDidLint(() => {
        subscription.dispose();
        resolve(performance.now());
      });
    });
    const started = performance.now();
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "-"));
    times.push((await linted) - started - debounce);
  }
  const { ms, where } = await block.stop();
  measured(`debounce end to diagnostics, 500 files: median ${Math.round(median(times))} ms`);
  measured(`extension host blocked by us while typing: at most ${ms.toFixed(1)} ms (${where.join(", ")})`);
  await closeEverything();
});

test("round trip", async () => {
  const [folder] = api.folders.all;
  if (!folder) throw new Error("no folder");
  const times: number[] = [];
  for (let i = 0; i < 6; i++) {
    const started = performance.now();
    await api.roundTrips.run(folder, { only: ["000001"], token: none, onCommand: true });
    times.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
  }
  const [cold = 0, ...warm] = times;
  measured(
    `round trip of one migration: cold ${Math.round(cold)} ms, warm median ${Math.round(median(warm))} ms`,
  );
});

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
