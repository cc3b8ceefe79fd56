import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { madeOnce } from "../made-once.ts";

const root = join(import.meta.dirname, "../../..");
const name = "pg-switchback.vsix";

export interface UnpackedExtension {
  /** What people install. */
  readonly vsix: string;
  /** The same, unpacked: the folder with package.json. */
  readonly folder: string;
  readonly megabytes: number;
}

/** Packs the extension as it is released and unpacks that: tests see no file that a user would not have. */
export async function unpackedExtension(): Promise<UnpackedExtension> {
  const vsix = process.env.SWITCHBACK_VSIX ?? (await packed());
  if (!existsSync(vsix)) throw new Error(`${vsix} was not made`);
  const folder = mkdtempSync(join(tmpdir(), "switchback-vsix-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  execFileSync("unzip", ["-q", vsix, "-d", folder]);
  return { vsix, folder: join(folder, "extension"), megabytes: statSync(vsix).size / 1e6 };
}

/** Once for all suites of a run; who measures is alone. */
async function packed(): Promise<string> {
  const isTest = process.env.SWITCHBACK_TEST_RUN !== undefined;
  return isTest ? join(await madeOnce("extension", (made) => void packExtension(made)), name) : pack();
}

/** Builds and packs into a folder; returns the `.vsix`. Only one process may do so at a time. */
export function packExtension(folder: string): string {
  copyFileSync(pack(), join(folder, name));
  return join(folder, name);
}

function pack(): string {
  return execFileSync(process.execPath, [join(root, "scripts/package-extension.mjs")])
    .toString()
    .trim();
}
