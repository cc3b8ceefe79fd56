#!/usr/bin/env node
// `@vscode/test-electron` starts one executable file; the work is in code-shim.ts.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const run = join(here, "../../../scripts/run.mjs");
const { status } = spawnSync(process.execPath, [run, join(here, "code-shim.ts"), ...process.argv.slice(2)], {
  stdio: "inherit",
  cwd: join(here, "../../.."),
});
process.exitCode = status ?? 2;
