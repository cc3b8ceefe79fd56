import { beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, hostNames } from "../support/host/hosts.ts";
import { runWebSuite } from "../support/host/run-web-suite.ts";
import { type UnpackedExtension, unpackedExtension } from "../support/host/unpacked-extension.ts";

const wanted = process.env.SWITCHBACK_HOST;
/** How many tests the suite has: one that ends early must not pass. */
const tests = 61;

describe.skipIf(!chromiumPath())("in the extension host of a browser, without a server", () => {
  let extension: UnpackedExtension;
  beforeAll(async () => {
    extension = await unpackedExtension();
  });

  for (const host of hostNames.filter((name) => !wanted || name === wanted)) {
    it(`VS Code, ${host}`, { timeout: 2_700_000 }, async () => {
      const results = await runWebSuite(host, extension.folder);
      const failed = results.filter(({ error }) => error !== undefined);
      expect(failed.map(({ name, error }) => `${name}\n${error}`)).toEqual([]);
      if (!process.env.SWITCHBACK_HOST_ONLY) expect(results).toHaveLength(tests);
    });
  }
});
