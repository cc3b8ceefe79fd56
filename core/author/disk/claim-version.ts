import { closeSync, openSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { patiently } from "./patiently.ts";

/** The right to make a migration of this version in this folder, until it is released. */
export interface Claim {
  release(): void;
}

export type ClaimResult =
  | { readonly ok: true; readonly claim: Claim }
  /** Where the code is `EEXIST`: `file` stands for the claim of somebody else, and is so many milliseconds old. */
  | { readonly ok: false; readonly code: string; readonly file: string; readonly ageMs: number };

/**
 * Two runs must not take one number, and two files with different titles do not get in each other's way by themselves:
 * whoever makes this file has the number. After it was made the folder has to be looked at again.
 */
export function claimVersion(folder: string, version: string): ClaimResult {
  const name = `.switchback-${version}.claim`;
  const file = join(folder, name);
  try {
    closeSync(patiently(() => openSync(file, "wx")));
    return { ok: true, claim: { release: () => patiently(() => rmSync(file, { force: true })) } };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const since = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    return { ok: false, code, file: name, ageMs: Date.now() - since };
  }
}
