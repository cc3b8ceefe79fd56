import { join } from "node:path";
import { describe } from "vitest";
import { cacheFolder } from "#core/postgres/embedded/working-folder.ts";
import { openPglite } from "#core/postgres/pglite/open-pglite.ts";
import { pgliteWorker } from "../support/pglite-worker.ts";
import { keptBaselineSuite } from "./kept-baseline.ts";

describe("pglite: the state before the first migration that is proved", () => {
  keptBaselineSuite(
    async () => openPglite({ worker: await pgliteWorker() }),
    () => join(cacheFolder(undefined), "baselines-pglite"),
  );
});
