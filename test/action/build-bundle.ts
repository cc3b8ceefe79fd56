import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plugin } from "esbuild";

/** A fresh build of the Action outside of the repository. */
export interface Bundle {
  readonly main: string;
  remove(): void;
}

interface Builder {
  build(outdir: string, plugins?: readonly Plugin[]): Promise<void>;
}

export async function buildBundle(plugins: readonly Plugin[] = []): Promise<Bundle> {
  const path = new URL("../../scripts/build/action.mjs", import.meta.url).href;
  const { build } = (await import(path)) as Builder;
  const folder = mkdtempSync(join(tmpdir(), "switchback-dist-"));
  await build(folder, plugins);
  return { main: join(folder, "main.mjs"), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
