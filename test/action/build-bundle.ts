import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { madeOnce } from "../support/made-once.ts";

/** A build of the Action outside of the repository. */
export interface Bundle {
  readonly main: string;
}

interface Builder {
  build(outdir: string, plugins?: readonly Plugin[]): Promise<void>;
}

/** What the sources build, one for the whole run. */
export async function builtBundle(): Promise<Bundle> {
  return bundleIn(await madeOnce("action", (folder) => build(folder, [])));
}

/** Hands a build that plugins have changed to `use`, and removes it. */
export async function withChangedBundle(
  plugins: readonly Plugin[],
  use: (bundle: Bundle) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "switchback-dist-"));
  try {
    await build(folder, plugins);
    await use(bundleIn(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function build(folder: string, plugins: readonly Plugin[]): Promise<void> {
  const path = new URL("../../scripts/build/action.mjs", import.meta.url).href;
  const builder = (await import(path)) as Builder;
  await builder.build(folder, plugins);
}

function bundleIn(folder: string): Bundle {
  return { main: join(folder, "main.mjs") };
}
