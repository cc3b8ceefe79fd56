import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type Detection, detectLayout, type SeenFile } from "./layout/detect-layout.ts";
import { levelsAbove, runnerFilesFor, runnerSigns } from "./layout/runner-files.ts";

/** The layout of a folder on disk. `shown` is the folder as messages name it. A folder that cannot be read is empty here. */
export function detectFolder(folder: string, shown: string): Detection {
  return detectLayout(seenFiles(folder, shown), nearby(folder));
}

function seenFiles(folder: string, shown: string): SeenFile[] {
  const prefix = shown === "" || shown === "." ? "" : `${shown.replace(/\/+$/, "")}/`;
  return listed(folder).flatMap((entry) => {
    const names = entry.isDirectory()
      ? listed(join(folder, entry.name)).map((inner) => `${entry.name}/${inner.name}`)
      : [entry.name];
    return names
      .filter((name) => /\.sql$/i.test(name))
      .map((name) => ({ path: prefix + name, name, text: () => textOf(join(folder, name)) }));
  });
}

function listed(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    // A pipe or a device has no end.
    return statSync(path).isFile() ? readFileSync(path, "utf8") : "";
  } catch {
    return "";
  }
}

function nearby(folder: string): string[] {
  const found = runnerSigns(".env", variablesOfRunners());
  let at = resolve(folder);
  const seen = new Set<string>();
  for (let level = 0; level < levelsAbove; level++) {
    const below = relative(at, resolve(folder)).replaceAll("\\", "/");
    const there = runnerFilesFor(below, seen).filter(({ name }) => existsSync(join(at, name)));
    for (const { name, read } of there) {
      seen.add(name);
      found.push(...runnerSigns(name, read ? textOf(join(at, name)) : ""));
    }
    // Nothing above the repository speaks for the folder.
    if (existsSync(join(at, ".git")) || dirname(at) === at) break;
    at = dirname(at);
  }
  return found;
}

/** A shell or a container may have read the .env already. Names alone are looked at. */
function variablesOfRunners(): string {
  return Object.keys(process.env)
    .map((name) => `${name}=\n`)
    .join("");
}
