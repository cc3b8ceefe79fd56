import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Every SQL file of the real folders, without a byte order mark. Asks for SWITCHBACK_CORPUS. */
export function corpusFiles(): { path: string; text: string }[] {
  const root = join(process.env.SWITCHBACK_CORPUS ?? "", "sets");
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".sql"))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, "utf8").replace(/^\uFEFF/, "") }));
}
