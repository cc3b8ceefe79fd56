import type { RawFile, SourceFile } from "./model.ts";

/** A file that cannot be sent to PostgreSQL as it is. `text` still holds what could be read of it. */
export interface EncodingProblem {
  readonly file: SourceFile;
  /** `not-utf8`: byte `byte` is wrong. `utf16`: the file is UTF-16. `nul`: a NUL stands at `byte`. */
  readonly kind: "not-utf8" | "utf16" | "nul";
  /** 0-based offset into the file's bytes. */
  readonly byte: number;
  /** 0-based UTF-16 offset into `file.text`. */
  readonly offset: number;
}

export interface Decoded {
  readonly file: SourceFile;
  readonly problem?: EncodingProblem;
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** Bytes → text. Never throws: a wrong byte becomes U+FFFD and a problem. */
export function decode(raw: RawFile): Decoded {
  const { path, bytes } = raw;
  const utf16 = utf16Encoding(bytes);
  if (utf16) {
    const wrong = { byte: hex(bytes[0]), offset: 0 };
    const file = { path, text: new TextDecoder(utf16).decode(bytes), bom: true, wrong };
    return { file, problem: { file, kind: "utf16", byte: 0, offset: 0 } };
  }
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = bom ? bytes.subarray(3) : bytes;
  const { text, valid } = decodeUtf8(body);
  const file = { path, text, bom };
  if (!valid) {
    const at = firstWrongByte(body);
    const offset = lenient.decode(body.subarray(0, at)).length;
    const wrong = { ...file, wrong: { byte: hex(body[at]), offset } };
    return { file: wrong, problem: { file: wrong, kind: "not-utf8", byte: at + (bom ? 3 : 0), offset } };
  }
  const nul = body.indexOf(0);
  if (nul < 0) return { file };
  return { file, problem: { file, kind: "nul", byte: nul + (bom ? 3 : 0), offset: text.indexOf("\0") } };
}

function hex(byte = 0): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}

function decodeUtf8(bytes: Uint8Array): { text: string; valid: boolean } {
  try {
    return { text: strict.decode(bytes), valid: true };
  } catch {
    return { text: lenient.decode(bytes), valid: false };
  }
}

function utf16Encoding(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return undefined;
}

/** Where the text with its replacement characters, encoded again, first differs from what was there. */
function firstWrongByte(bytes: Uint8Array): number {
  const replaced = new TextEncoder().encode(lenient.decode(bytes));
  let at = 0;
  while (at < bytes.length && bytes[at] === replaced[at]) at++;
  // A wrong character may begin like the replacement character: go back to where it begins.
  while (at > 0 && ((replaced[at] ?? 0) & 0xc0) === 0x80) at--;
  return at;
}
