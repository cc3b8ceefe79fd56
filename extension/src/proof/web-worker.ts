/** Entry of the same in a browser: PGlite is the only engine there, in workers of its own. */
import { browserThreads } from "#core/postgres/pglite/browser-threads.ts";
import { pgliteEngine } from "#core/postgres/pglite/pglite-engine.ts";
import { webPort } from "../background/web-port.ts";
import { webWorker } from "../background/web-thread.ts";
import { workerScope } from "../background/worker-scope.ts";
import { serveProof } from "./serve-proof.ts";

const startThread = browserThreads(
  () => webWorker(workerScope.switchbackAssets, "web/pglite-worker.js"),
  "PGlite does not run here",
);

serveProof(webPort(), (_, signal) => pgliteEngine({ startThread, signal }));
