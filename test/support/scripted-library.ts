/**
 * SQL that writes a WASM library beside PGlite's own. Whoever loads it as Emscripten does evaluates `script`. It is the
 * smallest one that does: what the linker says of it, memory and where in it, and a name behind which the text stands.
 */
export function writeLibrary(path: string, script: string): string {
  const bytes = Buffer.from(library(script)).toString("hex");
  return `SELECT lo_from_bytea(4711, '\\x${bytes}');\nSELECT lo_export(4711, '${path}');\n`;
}

function library(script: string): number[] {
  const text = Array.from(Buffer.from(`(void)<::>{}; ${script}\0`));
  const needs = [...number(text.length), 0, 0, 0];
  const memory = [...name("env"), ...name("memory"), 2, 0, 0];
  const base = [...name("env"), ...name("__memory_base"), 3, 0x7f, 0];
  return [
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(0, [...name("dylink.0"), 1, ...number(needs.length), ...needs]),
    ...section(2, [2, ...memory, ...base]),
    ...section(6, [1, 0x7f, 0, 0x41, 0, 0x0b]),
    ...section(7, [1, ...name("__em_js__script"), 3, 1]),
    ...section(11, [1, 0, 0x23, 0, 0x0b, ...number(text.length), ...text]),
  ];
}

function section(id: number, body: readonly number[]): number[] {
  return [id, ...number(body.length), ...body];
}

function name(text: string): number[] {
  return [...number(text.length), ...Buffer.from(text)];
}

/** LEB128, without a sign. */
function number(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...number(value >>> 7)];
}
