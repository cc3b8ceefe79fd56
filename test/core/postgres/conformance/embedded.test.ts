import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { engineSuite } from "./engine-suite.ts";

for (const major of [15, 16, 17, 18]) {
  engineSuite(`embedded ${major}`, { name: "embedded", major, open: () => openEmbedded({ major }) });
}
