#!/usr/bin/env node
// Builds the extension and packs it: dist/pg-switchback.vsix
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build/extension.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const vsix = join(root, "dist/pg-switchback.vsix");

export async function packageExtension() {
  // The archive notes who may read a file.
  process.umask(0o022);
  await build();
  mkdirSync(dirname(vsix), { recursive: true });
  const vsce = join(root, "node_modules/@vscode/vsce/vsce");
  // What npm gives every file of a package: the same sources make the same bytes, whenever and wherever they are packed.
  const env = { ...process.env, TZ: "UTC", SOURCE_DATE_EPOCH: "499162500" };
  // The bundle holds what it needs; links in the README stay as they are.
  const options = [
    "--no-dependencies",
    "--no-rewrite-relative-links",
    "--allow-missing-repository",
    "--out",
    vsix,
  ];
  execFileSync(process.execPath, [vsce, "package", ...options], {
    cwd: join(root, "extension"),
    stdio: ["ignore", "pipe", "inherit"],
    env,
  });
  return vsix;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${await packageExtension()}\n`);
}
