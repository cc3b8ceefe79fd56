import { afterAll, describe } from "vitest";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { EngineHolder } from "./engine-holder.ts";
import { proveRealFolders } from "./real-folders.ts";

describe.each([16, 17, 18])("real folders on PostgreSQL %i", (major) => {
  const engines = new EngineHolder(() => openEmbedded({ major }));
  afterAll(() => engines.stop());
  proveRealFolders(`embedded ${major}`, engines);
});
