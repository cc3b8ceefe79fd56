import { tokens } from "../../../sql/tokens.ts";

/** The last statement that was asked about: each of its constants asks. */
let last: { readonly sql: string; readonly writes: boolean } | undefined;

/** `1_000`, `0xFF`, `0o17`, `0b11`: the tree has their value alone. */
export function writesNewNumber(sql: string): boolean {
  if (last?.sql !== sql) last = { sql, writes: isIn(sql) };
  return last.writes;
}

function isIn(sql: string): boolean {
  if (!/\d_\d|\b0[xob]/i.test(sql)) return false;
  for (const { kind, start, end } of tokens(sql))
    if (kind === "word" && newNumber.test(sql.slice(start, end))) return true;
  return false;
}

const newNumber = /^(?:0x[\da-f_]+|0o[0-7_]+|0b[01_]+|\d+(?:_\d+)+(?:\.\d.*)?)$/i;
