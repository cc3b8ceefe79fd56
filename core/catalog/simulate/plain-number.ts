/**
 * A decimal number as type numeric prints it: without an exponent, with as many digits behind the point as it was
 * written with (manual, 8.1.2). `1.50e1` is `15.0`. Unchanged where it is no such number.
 */
export function plainNumber(text: string): string {
  const match = /^([-+]?)(\d*)\.?(\d*)e([-+]?\d{1,3})$/i.exec(text);
  if (!match) return text;
  const [, sign, whole = "", fraction = "", exponent] = match;
  const digits = whole + fraction;
  if (digits === "") return text;
  const point = whole.length + Number(exponent);
  const padded = point < 0 ? "0".repeat(-point) + digits : digits.padEnd(point, "0");
  const before = padded.slice(0, Math.max(point, 0)).replace(/^0+(?=\d)/, "") || "0";
  const behind = padded.slice(Math.max(point, 0));
  return `${sign === "-" ? "-" : ""}${before}${behind === "" ? "" : `.${behind}`}`;
}
