/**
 * A superuser can write a library into PGlite's files and load it, and Emscripten hands the JavaScript that it may hold
 * to `eval`: a migration would do whatever this process may. PGlite's own libraries hold none.
 */
export function refuseForeignText(): void {
  globalThis.eval = () => {
    throw new EvalError("in the thread of PGlite no text is code");
  };
}

/** As much of it as is used here: the types of Node leave it out. */
interface Compiler {
  Module: new (source: ArrayBufferView) => object;
  readonly CompileError: new (message: string) => Error;
}

/** Nor is any library compiled that is not PGlite's own. `isOwn` is asked about those that stand in its files. */
export function refuseForeignLibraries(isOwn: (bytes: Uint8Array) => boolean): void {
  const compiler = (globalThis as unknown as { WebAssembly: Compiler }).WebAssembly;
  compiler.Module = new Proxy(compiler.Module, {
    construct(compile, [source]: [ArrayBufferView]) {
      const bytes = new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
      if (isLibrary(bytes) && !isOwn(bytes)) {
        throw new compiler.CompileError("PGlite loads no library but its own");
      }
      return new compile(source);
    },
  });
}

/** It says so in a section of the linker's, the first one after magic number and version. */
function isLibrary(bytes: Uint8Array): boolean {
  return bytes[8] === 0;
}
