import { basename, dirname } from "node:path";
import { gitDoes } from "./git-does.ts";

/** Does git follow this file? False as well where there is no git, or no repository. */
export function isTracked(file: string): boolean {
  return gitDoes(dirname(file), ["ls-files", "--error-unmatch", "--", basename(file)]);
}
