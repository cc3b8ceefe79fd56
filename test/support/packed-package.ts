import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { madeOnce } from "./made-once.ts";

const root = join(import.meta.dirname, "..", "..");

/** The npm package as strangers get it: packed, and installed into a folder that holds nothing else. */
export interface PackedPackage {
  readonly tarball: string;
  /** Holds `node_modules`. */
  readonly project: string;
}

/** One for the whole run. npm's own cache is kept, so that a second run asks the registry for little. */
export async function packedPackage(): Promise<PackedPackage> {
  const folder = await madeOnce("package", (made) => {
    const tarball = pack(made);
    const project = join(made, "project");
    mkdirSync(project);
    npm(project, ["init", "--yes"]);
    npm(project, ["install", "--save-dev", "--prefer-offline", tarball]);
  });
  return { tarball: tarballIn(folder), project: join(folder, "project") };
}

/** Builds and packs into a folder; returns the tarball. Only one process may do so at a time. */
export function pack(folder: string): string {
  npm(root, ["pack", "--pack-destination", folder]);
  return tarballIn(folder);
}

function tarballIn(folder: string): string {
  const name = readdirSync(folder).find((file) => file.endsWith(".tgz"));
  if (name === undefined) throw new Error("npm pack made no tarball");
  return join(folder, name);
}

function npm(cwd: string, args: readonly string[]): void {
  execFileSync("npm", [...args, "--no-audit", "--no-fund"], { cwd, stdio: ["ignore", "ignore", "pipe"] });
}
