import { describe, vi } from "vitest";
import { openPglite } from "#core/postgres/pglite/open-pglite.ts";
import { pgliteWorker } from "../support/pglite-worker.ts";
import { keptBaselineSuite } from "./kept-baseline.ts";

vi.mock(import("#core/postgres/embedded/working-folder.ts"), async (original) =>
  (await import("../support/own-cache.ts")).withOwnCache(original),
);

describe("pglite: the state before the first migration that is proved", () => {
  keptBaselineSuite(async () => openPglite({ worker: await pgliteWorker() }));
});
