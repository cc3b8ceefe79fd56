import { relative } from "node:path";

/** As messages show it: relative to the working folder, with `/`. */
export function shownPath(path: string, cwd: string): string {
  return relative(cwd, path).replaceAll("\\", "/") || ".";
}
