import type { ParseResult } from "@pgsql/types";
// @ts-expect-error The package types its own wrapper alone. That one copies texts character by character, in and out,
// which is a quarter of what a parse costs.
import startWasm from "libpg-query/wasm/libpg-query.js";

/** What Emscripten made of PostgreSQL's parser. A pointer is a place in the heap, which moves when it grows. */
interface Wasm {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU32: Uint32Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  _wasm_parse_query_raw(query: number): number;
  _wasm_free_parse_result(result: number): void;
  _wasm_parse_plpgsql(query: number): number;
  _wasm_free_string(text: number): void;
}

/** What the grammar says to a text that it does not take; the position counts code points. */
export interface Refusal {
  readonly refused: string;
  readonly position: number;
}

let wasm: Wasm | undefined;
let starting: Promise<Wasm> | undefined;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Loads PostgreSQL's grammar (WASM, some 30 ms). Must have resolved before the first text is parsed. */
export async function loadParser(): Promise<void> {
  starting ??= startWasm() as Promise<Wasm>;
  wasm = await starting;
}

/** The raw parse tree of a text without NUL. */
export function parseTree(text: string): ParseResult | Refusal {
  const module = loaded();
  try {
    return withText(module, text, (query) => {
      const result = module._wasm_parse_query_raw(query);
      // struct PgQueryParseResult: char *parse_tree, char *stderr_buffer, PgQueryError *error
      const error = wordAt(module, result + 8);
      const refusal = error === 0 ? undefined : refusalAt(module, error);
      const tree = refusal ? "" : textAt(module, wordAt(module, result));
      module._wasm_free_parse_result(result);
      return refusal ?? JSON.parse(tree);
    });
  } catch (error) {
    // Not a verdict of the grammar: the parser itself ran out of stack or memory.
    const reason = error instanceof Error ? error.message : String(error);
    return { refused: `the parser gave up: ${reason}`, position: 0 };
  }
}

/** The tree of a CREATE FUNCTION's body; undefined where it is no PL/pgSQL. */
export function parsePlpgsql(text: string): unknown {
  const module = loaded();
  return withText(module, text, (query) => {
    const result = module._wasm_parse_plpgsql(query);
    const tree = textAt(module, result);
    module._wasm_free_string(result);
    // Anything else is a message.
    return tree.startsWith("{") ? JSON.parse(tree) : undefined;
  });
}

/** struct PgQueryError: char *message, char *funcname, char *filename, int lineno, int cursorpos (from 1; 0 for nowhere) */
function refusalAt(module: Wasm, error: number): Refusal {
  const cursor = wordAt(module, error + 16) | 0;
  return { refused: textAt(module, wordAt(module, error)), position: Math.max(0, cursor - 1) };
}

function withText<T>(module: Wasm, text: string, use: (pointer: number) => T): T {
  const bytes = encoder.encode(text);
  const pointer = module._malloc(bytes.length + 1);
  try {
    module.HEAPU8.set(bytes, pointer);
    module.HEAPU8[pointer + bytes.length] = 0;
    return use(pointer);
  } finally {
    module._free(pointer);
  }
}

/** A C string. */
function textAt({ HEAPU8: heap }: Wasm, pointer: number): string {
  return decoder.decode(heap.subarray(pointer, heap.indexOf(0, pointer)));
}

function wordAt({ HEAPU32: heap }: Wasm, pointer: number): number {
  return heap[pointer >> 2] ?? 0;
}

function loaded(): Wasm {
  if (!wasm) throw new Error("the grammar was asked before loadParser had resolved");
  return wasm;
}
