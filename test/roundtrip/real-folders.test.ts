import { afterAll, describe } from "vitest";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { EngineHolder } from "./engine-holder.ts";
import { proveRealFolders } from "./real-folders.ts";

describe("real folders on PostgreSQL 15", () => {
  const engines = new EngineHolder(() => openEmbedded({ major: 15 }));
  afterAll(() => engines.stop());
  proveRealFolders("embedded 15", engines);
});
