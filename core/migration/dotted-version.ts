import { compareVersions, versionKey } from "./version.ts";

/** `1`, `1.0` and `01` are one version: dots or underscores between numbers, zeros at the end do not count. */
export function dottedKey(version: string): string {
  const parts = version
    .split(/[._]/)
    .filter((part) => part !== "")
    .map(versionKey);
  while (parts.length > 1 && parts.at(-1) === "0") parts.pop();
  return parts.join(".");
}

/** Orders two such keys number by number. */
export function compareDotted(a: string, b: string): number {
  const [left, right] = [a.split("."), b.split(".")];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = compareVersions(left[i] ?? "0", right[i] ?? "0");
    if (order !== 0) return order;
  }
  return 0;
}
