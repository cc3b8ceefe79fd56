#!/usr/bin/env node
// Builds what is named, or everything: node scripts/build.mjs [cli] [action] [extension]
// Each target is a file in scripts/build/ that exports `build()`.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const known = readdirSync(fileURLToPath(new URL("build", import.meta.url)))
  .filter((file) => file.endsWith(".mjs"))
  .map((file) => file.slice(0, -".mjs".length));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((target) => !known.includes(target));
if (unknown.length > 0) {
  process.stderr.write(`no such target: ${unknown.join(", ")}. There are: ${known.join(", ")}\n`);
  process.exit(2);
}
for (const target of wanted.length > 0 ? wanted : known) {
  const { build } = await import(new URL(`build/${target}.mjs`, import.meta.url).href);
  await build();
}
