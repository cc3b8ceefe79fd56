/** Bytes that an identifier may have: NAMEDATALEN - 1. */
const maxBytes = 63;
const encoder = new TextEncoder();
const nonAscii = /[^\0-\x7f]/;

/**
 * The name that PostgreSQL makes from a table, a column and a label (`users_email_key`): `makeObjectName` in
 * src/backend/commands/indexcmds.c. The longer of the two names is shortened first.
 */
export function makeObjectName(name1: string, name2: string | undefined, label: string): string {
  let bytes1 = byteLength(name1);
  let bytes2 = name2 === undefined ? 0 : byteLength(name2);
  const available = maxBytes - (label.length + 1) - (name2 === undefined ? 0 : 1);
  while (bytes1 + bytes2 > available) {
    if (bytes1 > bytes2) bytes1--;
    else bytes2--;
  }
  const parts = [clip(name1, bytes1)];
  if (name2 !== undefined) parts.push(clip(name2, bytes2));
  parts.push(label);
  return parts.join("_");
}

/** The first of `users_email_key`, `users_email_key1`, `users_email_key2`, … that is not taken. */
export function chooseName(
  name1: string,
  name2: string | undefined,
  label: string,
  taken: (name: string) => boolean,
): string {
  for (let pass = 0; ; pass++) {
    const name = makeObjectName(name1, name2, pass === 0 ? label : `${label}${pass}`);
    if (!taken(name)) return name;
  }
}

/** Column names joined as in `orders_user_id_product_id_key`: stops once the limit is reached. */
export function joinColumnNames(columns: readonly string[]): string {
  let joined = "";
  for (const column of columns) {
    joined += joined === "" ? column : `_${column}`;
    if (byteLength(joined) >= maxBytes) break;
  }
  return clip(joined, maxBytes);
}

/** What PostgreSQL keeps of a name that is too long. */
export function truncateIdentifier(name: string): string {
  return clip(name, maxBytes);
}

/** At most so many bytes, whole characters only. */
function clip(text: string, bytes: number): string {
  if (byteLength(text) <= bytes) return text;
  let length = 0;
  let end = 0;
  for (const character of text) {
    length += byteLength(character);
    if (length > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Nearly every name is ASCII, and each is asked for several times. */
function byteLength(text: string): number {
  return nonAscii.test(text) ? encoder.encode(text).length : text.length;
}
