#!/usr/bin/env node
// Rewrites what is made from other files: node scripts/generate.mjs. With --check nothing is written, and what is not
// up to date is named with exit code 1. Each part is a file in scripts/generate/ that prints the files it makes.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const checkOnly = process.argv.includes("--check");
const stale = [];

for (const part of readdirSync(join(root, "scripts/generate")).sort()) {
  if (!part.endsWith(".ts")) continue;
  const printed = execFileSync(
    process.execPath,
    [join(root, "scripts/run.mjs"), join(root, "scripts/generate", part)],
    { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024, stdio: ["ignore", "pipe", "inherit"] },
  );
  for (const [file, text] of Object.entries(JSON.parse(printed))) {
    const path = join(root, file);
    if (textOf(path) === text) continue;
    stale.push(file);
    if (checkOnly) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
for (const file of stale) process.stdout.write(`${checkOnly ? "not up to date" : "written"}: ${file}\n`);
if (checkOnly && stale.length > 0) {
  process.stdout.write("run npm run generate\n");
  process.exitCode = 1;
}

function textOf(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
