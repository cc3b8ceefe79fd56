import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { inFull } from "../../../support/in-full.ts";
import { engineSuite } from "./engine-suite.ts";

for (const major of inFull ? [15, 16, 17, 18] : [15, 18]) {
  engineSuite(`embedded ${major}`, { name: "embedded", major, open: () => openEmbedded({ major }) });
}
