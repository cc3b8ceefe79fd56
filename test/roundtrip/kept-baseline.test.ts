import { join } from "node:path";
import { describe } from "vitest";
import { serverIdentities } from "#core/postgres/embedded/identity.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { cacheFolder } from "#core/postgres/embedded/working-folder.ts";
import { keptBaselineSuite } from "./kept-baseline.ts";

describe("embedded: the state before the first migration that is proved", () => {
  keptBaselineSuite(
    () => openEmbedded({ major: 18 }),
    () => join(cacheFolder(serverIdentities()[0]), "baselines"),
  );
});
