import { afterAll, describe } from "vitest";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { EngineHolder } from "./engine-holder.ts";
import { proveOwnCases } from "./own-cases.ts";

describe("own cases on PostgreSQL 18", () => {
  const engines = new EngineHolder(() => openEmbedded({ major: 18 }));
  afterAll(() => engines.stop());
  proveOwnCases("embedded 18", engines);
});
