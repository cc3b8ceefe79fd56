import { afterAll, describe } from "vitest";
import { openPglite } from "#core/postgres/pglite/open-pglite.ts";
import { pgliteWorker } from "../support/pglite-worker.ts";
import { EngineHolder } from "./engine-holder.ts";
import { proveOwnCases } from "./own-cases.ts";

describe("own cases on PGlite", () => {
  const engines = new EngineHolder(async () => openPglite({ worker: await pgliteWorker() }));
  afterAll(() => engines.stop());
  proveOwnCases("pglite", engines);
});
