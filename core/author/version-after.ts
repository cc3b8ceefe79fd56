import { compareText, compareVersions, versionKey } from "../migration/version.ts";

/**
 * Orders versions of every spelling: `000012`, `20240131120000`, Diesel's `2024-01-31-120000`, Flyway's `1.2`, and `11a`,
 * which comes after `11`. Layouts order keys; this orders what stands in names, wherever only that is known.
 */
export function compareSpelt(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const order = compareVersions(left[index] ?? "0", right[index] ?? "0");
    if (order !== 0) return order;
  }
  return compareText(letterOf(a), letterOf(b));
}

/** The version that follows, spelt alike: its last number plus one, as wide as it was or wider, without a letter. */
export function versionAfter(version: string): string {
  return version.replace(/(\d+)[a-z]?(?=\D*$)/i, (_, digits: string) =>
    String(BigInt(digits) + 1n).padStart(digits.length, "0"),
  );
}

/** Something to count on: Flyway's repeatables (`R`) and folders without a number have none. */
export function isCountable(version: string): boolean {
  return /^\d/.test(version);
}

export function highestVersion(versions: readonly string[]): string | undefined {
  return versions
    .filter(isCountable)
    .reduce<string | undefined>(
      (max, version) => (max === undefined || compareSpelt(version, max) > 0 ? version : max),
      undefined,
    );
}

function numbersOf(version: string): string[] {
  return (
    version
      // Diesel's counter tells apart what was made in one second.
      .replace(/^(\d{4}-\d\d-\d\d-\d{6})-(?=\d+$)/, "$1.")
      .replaceAll("-", "")
      .replace(/[a-z]$/i, "")
      .split(/[._]/)
      .filter((part) => part !== "")
      .map(versionKey)
  );
}

function letterOf(version: string): string {
  return /[a-z]$/i.exec(version)?.[0] ?? "";
}
