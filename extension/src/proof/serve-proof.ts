import { check } from "#core/check.ts";
import type { FileContent } from "../analysis/methods.ts";
import { type Port, serve } from "../background/rpc.ts";
import type { ProofMethods } from "./methods.ts";
import { proposeFromCatalogs } from "./propose-from-catalogs.ts";
import { type OpenEngine, WarmEngines } from "./warm-engines.ts";

const encoder = new TextEncoder();

/** Answers on a port, with the built-in engine kept warm between proofs. */
export function serveProof(port: Port, open: OpenEngine): void {
  const engines = new WarmEngines(open);

  serve<ProofMethods>(port, {
    prove({ folder, files, config, engine, url, cwd, prelude, foreseen, only }, { signal, emit }) {
      const input = {
        folder,
        files: files.map(rawFile),
        config: { ...config, engine },
        lint: true,
        prove: true,
        ...(prelude ? { prelude } : {}),
        ...(only ? { only } : {}),
      };
      const openEngine = () => engines.open({ ...input.config, url, cwd }, signal);
      // The editor has linted these very files.
      const lint = async () => ({ ...foreseen, statements: 0, notAnalysed: 0 });
      return check(input, { openEngine, lint, signal, onProgress: emit });
    },
    proposeDown({ files, engine, url, cwd, ...input }, { signal }) {
      const openEngine = () => engines.open({ ...input.config, engine, url, cwd }, signal);
      return proposeFromCatalogs({ ...input, files: files.map(rawFile) }, openEngine, signal);
    },
  });
}

function rawFile([path, content]: readonly [path: string, content: FileContent]) {
  return { path, bytes: typeof content === "string" ? encoder.encode(content) : content };
}
