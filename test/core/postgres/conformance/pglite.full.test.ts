import { openPglite } from "#core/postgres/pglite/open-pglite.ts";
import { pgliteWorker } from "../../../support/pglite-worker.ts";
import { engineSuite } from "./engine-suite.ts";

engineSuite("pglite", {
  name: "pglite",
  major: 18,
  open: async () => openPglite({ worker: await pgliteWorker() }),
});
