import { afterAll, describe } from "vitest";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { EngineHolder } from "./engine-holder.ts";
import { proveOwnCases } from "./own-cases.ts";

describe.each([15, 16, 17])("own cases on PostgreSQL %i", (major) => {
  const engines = new EngineHolder(() => openEmbedded({ major }));
  afterAll(() => engines.stop());
  proveOwnCases(`embedded ${major}`, engines);
});
