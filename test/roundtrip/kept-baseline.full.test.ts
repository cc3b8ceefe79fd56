import { describe, vi } from "vitest";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { openPglite } from "#core/postgres/pglite/open-pglite.ts";
import { pgliteWorker } from "../support/pglite-worker.ts";
import { keptBaselineSuite } from "./kept-baseline.ts";

vi.mock(import("#core/postgres/embedded/working-folder.ts"), async (original) =>
  (await import("../support/own-cache.ts")).withOwnCache(original),
);

describe("embedded: the state before the first migration that is proved", () => {
  keptBaselineSuite(() => openEmbedded({ major: 18 }));
});

describe("pglite: the state before the first migration that is proved", () => {
  keptBaselineSuite(async () => openPglite({ worker: await pgliteWorker() }));
});
