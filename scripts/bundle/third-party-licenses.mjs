import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./node-bundle.mjs";

const modules = "node_modules/";

/**
 * The licence of every package that a bundle holds, as one text: most licences want to go where the code goes.
 *
 * @param {readonly string[]} inputs what esbuild's metafile lists; paths from the root
 * @param {readonly string[]} assets files that are copied beside the bundle; paths inside node_modules
 */
export function thirdPartyLicenses(inputs, assets = []) {
  const folders = new Set(assets.map((asset) => modules + packageOf(asset)));
  for (const input of inputs) {
    const start = input.lastIndexOf(modules) + modules.length;
    // Not from the root alone: a package may hold a version of its own of another one.
    if (start >= modules.length) folders.add(input.slice(0, start) + packageOf(input.slice(start)));
  }
  return `${[...new Set([...folders].map(license))].sort().join("\n\n")}\n`;
}

function packageOf(path) {
  const parts = path.split("/");
  return path.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0];
}

function license(path) {
  const folder = join(root, path);
  const { name, version, license: spdx } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  const text = file ? readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim() : "";
  return [`${name} ${version} (${spdx ?? "see its text"})`, text].filter(Boolean).join("\n\n");
}
