import { versionKey } from "../../migration/version.ts";
import type { VersionStyle } from "../../migration/version-style.ts";
import { compareSpelt, highestVersion, isCountable, versionAfter } from "../version-after.ts";

/** What a folder without a migration begins with. */
const firstStyle: VersionStyle = { kind: "sequence", width: 6 };

/**
 * Each spelling that is more than a number, the longest first. What was counted on from another may stand at minute or
 * second 60.
 */
const spellings: readonly { readonly pattern: RegExp; readonly style: VersionStyle }[] = [
  { pattern: /^(19|20)\d\d-\d\d-\d\d-\d{6}-\d+$/, style: { kind: "dashed", counter: true } },
  { pattern: /^(19|20)\d\d-\d\d-\d\d-\d{6}$/, style: { kind: "dashed", counter: false } },
  {
    pattern: /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])\d{4}\d{6}$/,
    style: { kind: "timestamp", digits: 20 },
  },
  {
    pattern: /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])\d{4}\d{3}$/,
    style: { kind: "timestamp", digits: 17 },
  },
  {
    pattern: /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])\d{4}$/,
    style: { kind: "timestamp", digits: 14 },
  },
  {
    pattern: /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])\d\d$/,
    style: { kind: "timestamp", digits: 12 },
  },
  {
    pattern: /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/,
    style: { kind: "timestamp", digits: 8 },
  },
  { pattern: /^1\d{12}$/, style: { kind: "unix", unit: "ms" } },
  { pattern: /^1\d{9}$/, style: { kind: "unix", unit: "s" } },
  { pattern: /[._]/, style: { kind: "dotted" } },
];

/** The style that most versions follow; where several share the folder, that of the highest. */
function versionStyle(versions: readonly string[], first: VersionStyle = firstStyle): VersionStyle {
  const counted = versions.filter(isCountable);
  if (counted.length === 0) return first;
  const votes = spellings.map(() => 0);
  for (const version of counted) {
    const found = spellingOf(version);
    if (found >= 0) votes[found] = (votes[found] ?? 0) + 1;
  }
  const isMost = (count: number) => count > counted.length / 2;
  const winner = votes.findIndex(isMost);
  const shared = isMost(votes.reduce((sum, count) => sum + count, 0));
  const chosen = winner >= 0 || !shared ? winner : spellingOf(highestVersion(counted) ?? "");
  return spellings[chosen]?.style ?? { kind: "sequence", width: majorityWidth(counted) };
}

function spellingOf(version: string): number {
  return spellings.findIndex(({ pattern }) => pattern.test(version));
}

/**
 * The version that a new migration takes: after every version there is, in the folder's own style, or in `first` where
 * there is none yet.
 */
export function nextVersion(
  versions: readonly string[],
  now: Date,
  first: VersionStyle = firstStyle,
): string {
  const highest = highestVersion(versions);
  const wanted = spell(versionStyle(versions, first), highest, now);
  return highest !== undefined && compareSpelt(wanted, highest) <= 0 ? versionAfter(highest) : wanted;
}

function spell(style: VersionStyle, highest: string | undefined, now: Date): string {
  const digits = now.toISOString().replaceAll(/\D/g, "");
  switch (style.kind) {
    case "timestamp":
      return style.digits === 20 ? digits.slice(0, 14).padEnd(20, "0") : digits.slice(0, style.digits);
    case "dashed":
      return digits
        .slice(0, 14)
        .replace(/^(\d{4})(\d\d)(\d\d)(\d{6})$/, `$1-$2-$3-$4${style.counter ? "-0000" : ""}`);
    case "unix":
      return String(style.unit === "ms" ? now.getTime() : Math.floor(now.getTime() / 1000));
    case "dotted":
      return highest === undefined ? "1" : versionAfter(highest);
    case "sequence":
      return versionAfter(versionKey(highest ?? "0")).padStart(style.width, "0");
  }
}

/** The most frequent width; of equally frequent ones that of the highest version. */
function majorityWidth(versions: readonly string[]): number {
  const counts = new Map<number, number>();
  for (const version of versions) counts.set(version.length, (counts.get(version.length) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return (
    versions.toSorted(compareSpelt).findLast((version) => counts.get(version.length) === most)?.length ?? 0
  );
}
