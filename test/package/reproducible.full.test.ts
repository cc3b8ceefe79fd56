import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packExtension, unpackedExtension } from "../support/host/unpacked-extension.ts";
import { pack, packedPackage } from "../support/packed-package.ts";

/** Packed a second time, later, elsewhere on earth and by somebody with other habits: the same bytes. */

let folder: string;
const zone = process.env.TZ;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "switchback-again-"));
  process.env.TZ = "Pacific/Auckland";
});
afterAll(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  rmSync(folder, { recursive: true, force: true });
});

it("the npm package", async () => {
  const { tarball } = await packedPackage();
  expect(sha256(pack(folder))).toBe(sha256(tarball));
});

it("the extension", async () => {
  const { vsix } = await unpackedExtension();
  expect(sha256(packExtension(folder))).toBe(sha256(vsix));
});

function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
