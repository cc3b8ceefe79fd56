import { gitMove } from "../author/git-move.ts";
import { compareSpelt, highestVersion, versionAfter } from "../author/version-after.ts";
import type { Layout } from "../migration/layout/layout.ts";
import { respell } from "../migration/layout/respell.ts";
import { versionKey } from "../migration/version.ts";
import type { VersionedFile } from "./versioned-file.ts";

/** A file and the path that gives it a free version. */
export interface Renumbering {
  readonly from: string;
  readonly to: string;
}

/**
 * New versions for the migrations `moved`, above every version in `taken`, in their present order and width. Counting
 * up by one is right for timestamps too: the result is unique and later than everything there. `followers` are moved only
 * where they would not stand behind the others.
 */
export function renumber(
  moved: readonly VersionedFile[],
  taken: readonly string[],
  layout: Pick<Layout, "folders">,
  followers: readonly VersionedFile[] = [],
): Map<string, Renumbering[]> {
  const plans = new Map<string, Renumbering[]>();
  const all = [...moved, ...followers];
  const mayStay = new Set(followers.map(({ name }) => name));
  let last = highestVersion(taken) ?? "0";
  for (const name of namesInOrder(all)) {
    const files = all.filter((file) => file.name === name);
    const own = files[0]?.version ?? "";
    last = isNumber(last) ? versionAfter(versionKey(last)) : versionAfter(last);
    if (mayStay.has(name) && compareSpelt(own, last) >= 0) {
      last = own;
      continue;
    }
    const version = isNumber(last) ? last.padStart(own.length, "0") : last;
    // Up and down may be sections of one file.
    const byPath = new Map(files.map((file) => [file.path, file]));
    plans.set(
      name,
      [...byPath].map(([from, file]) => ({ from, to: respell(from, layout, file, { version }) })),
    );
  }
  return plans;
}

function isNumber(version: string): boolean {
  return /^\d+$/.test(version);
}

function namesInOrder(files: readonly VersionedFile[]): string[] {
  const sorted = [...files].sort((a, b) => compareSpelt(a.version, b.version) || (a.name < b.name ? -1 : 1));
  return [...new Set(sorted.map((file) => file.name))];
}

export function gitMoves(plan: readonly Renumbering[]): string {
  return plan.map(({ from, to }) => gitMove(from, to)).join("\n");
}
