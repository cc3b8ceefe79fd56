import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode } from "#core/migration/decode.ts";

const utf8 = new TextEncoder();

function decodeBytes(...parts: (string | number[])[]) {
  const bytes = parts.flatMap((part) => (typeof part === "string" ? [...utf8.encode(part)] : part));
  return decode({ path: "a.sql", bytes: Uint8Array.from(bytes) });
}

describe("decode", () => {
  it("takes a byte order mark off and remembers it", () => {
    expect(decodeBytes([0xef, 0xbb, 0xbf], "é")).toEqual({ file: { path: "a.sql", text: "é", bom: true } });
    expect(decodeBytes("é")).toEqual({ file: { path: "a.sql", text: "é", bom: false } });
  });

  it.each([
    ["Latin-1", ["-- caf", [0xe9], " ol", [0xe9]], "not-utf8", 6, 6],
    ["after emoji", ["/* 😀 */", [0xff], "x"], "not-utf8", 10, 8],
    ["a character cut off at the end", ["é", [0xf0, 0x9f, 0x98]], "not-utf8", 2, 1],
    ["after a byte order mark", [[0xef, 0xbb, 0xbf], "ab", [0x80]], "not-utf8", 5, 2],
    ["an encoded surrogate", ["a", [0xed, 0xa0, 0x80]], "not-utf8", 1, 1],
    ["NUL", ["é", [0], "x"], "nul", 2, 1],
    ["UTF-16", [[0xff, 0xfe, 0x53, 0]], "utf16", 0, 0],
  ] as const)("finds %s", (_name, parts, kind, byte, offset) => {
    const { problem } = decodeBytes(...parts.map((part) => (typeof part === "string" ? part : [...part])));
    expect(problem).toMatchObject({ kind, byte, offset });
  });

  it("never throws, and points into the text", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const { file, problem } = decode({ path: "a.sql", bytes });
        if (!problem) expect(utf8.encode(file.text)).toEqual(file.bom ? bytes.subarray(3) : bytes);
        else expect(problem.offset).toBeLessThanOrEqual(file.text.length);
      }),
    );
  });
});
