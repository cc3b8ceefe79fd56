/** The largest version that golang-migrate reads (a Go uint64 in decimal). */
const largestUnsigned = "18446744073709551615";

/** The largest version that goose, sqlx and sql-migrate read: an int64. */
const largestSigned = "9223372036854775807";

/** `000012` → `12`: versions are numbers, however they are spelt. */
export function versionKey(digits: string): string {
  return digits.replace(/^0+(?=\d)/, "");
}

/** Orders two keys as numbers; versions have up to 20 digits, more than a JavaScript number holds. */
export function compareVersions(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Is the number within 64 bits, of which `unsigned` ones have no sign? */
export function fits64Bits(key: string, unsigned: boolean): boolean {
  return compareVersions(key, unsigned ? largestUnsigned : largestSigned) <= 0;
}

/** Orders as text does, by code units. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
