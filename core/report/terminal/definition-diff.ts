import type { Change } from "../model.ts";
import { changedLines } from "../text/changed-lines.ts";
import type { Style } from "./style.ts";

/** What was expected against what was found, as a short diff in colour. */
export function definitionDiff(change: Change, { paint }: Style): string[] {
  const colors = { " ": paint.dim, "-": paint.red, "+": paint.green };
  return changedLines(change).map(({ sign, text }) => colors[sign](`${sign} ${text}`));
}
