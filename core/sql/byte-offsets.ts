/** Translates between the ways in which one text is counted. All offsets are 0-based. */
export interface ByteOffsets {
  /** UTF-8 byte offset → UTF-16 offset. An offset inside a character gives the character's start. */
  toUtf16(byte: number): number;
}

const identity: ByteOffsets = { toUtf16: (byte) => byte };

const nonAscii = /[^\0-\x7f]/;

/** Nothing is computed for an ASCII text, and for others only when the first offset is asked for. */
export function byteOffsets(text: string): ByteOffsets {
  if (!nonAscii.test(text)) return identity;
  let marks: Marks | undefined;
  return {
    toUtf16(byte) {
      marks ??= markNonAscii(text);
      return lookUp(marks, byte, text.length);
    },
  };
}

/** For each non-ASCII character: its first byte, the byte after it, and the UTF-16 offset after it. */
interface Marks {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly units: readonly number[];
}

function markNonAscii(text: string): Marks {
  const starts: number[] = [];
  const ends: number[] = [];
  const units: number[] = [];
  // Bytes so far minus UTF-16 units so far.
  let surplus = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    starts.push(i + surplus);
    if (code < 0x800) surplus += 1;
    else if (isPair(text, i)) {
      i += 1;
      surplus += 2;
    } else surplus += 2;
    ends.push(i + 1 + surplus);
    units.push(i + 1);
  }
  return { starts, ends, units };
}

function isPair(text: string, i: number): boolean {
  const high = text.charCodeAt(i);
  const low = text.charCodeAt(i + 1);
  return high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
}

function lookUp(marks: Marks, byte: number, length: number): number {
  const { starts, ends, units } = marks;
  // The last non-ASCII character that starts before `byte`.
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) < byte) low = middle + 1;
    else high = middle;
  }
  const last = low - 1;
  if (last < 0) return Math.min(byte, length);
  const end = ends[last] ?? 0;
  const unit = units[last] ?? 0;
  if (byte >= end) return Math.min(unit + byte - end, length);
  const previousEnd = ends[last - 1] ?? 0;
  return (units[last - 1] ?? 0) + (starts[last] ?? 0) - previousEnd;
}

/** Code-point index → UTF-16 offset, as PostgreSQL counts in its error positions. */
export function codePointToUtf16(text: string, index: number): number {
  if (!nonAscii.test(text)) return Math.min(index, text.length);
  let offset = 0;
  for (let seen = 0; seen < index && offset < text.length; seen++) {
    offset += isPair(text, offset) ? 2 : 1;
  }
  return offset;
}
