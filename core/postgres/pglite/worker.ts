/** Entry of the worker thread that PGlite runs in under Node: a file of its own in every bundle, `pglite-worker.mjs`. */
import { parentPort } from "node:worker_threads";
import { answerer } from "./answer.ts";
import type { Request } from "./messages.ts";
import { ownLibraries } from "./own-libraries.ts";
import { pgliteFiles } from "./pglite-files.ts";
import { refuseForeignLibraries } from "./refuse-foreign-code.ts";

const files = pgliteFiles(import.meta.url);
refuseForeignLibraries(ownLibraries(files));
const answer = answerer(files, (response) => parentPort?.postMessage(response));
parentPort?.on("message", (request: Request) => answer(request));
