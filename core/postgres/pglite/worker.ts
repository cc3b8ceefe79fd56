/** Entry of the worker thread that PGlite runs in under Node: a file of its own in every bundle, `pglite-worker.mjs`. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { parentPort } from "node:worker_threads";
import { answerer } from "./answer.ts";
import type { Request } from "./messages.ts";
import { ownLibraries } from "./own-libraries.ts";
import { refuseForeignLibraries } from "./refuse-foreign-code.ts";

const place = assets();
refuseForeignLibraries(ownLibraries(place));
const answer = answerer(place, (response) => parentPort?.postMessage(response));
parentPort?.on("message", (request: Request) => answer(request));

/** PGlite's files stand beside a bundle that contains it, else in its package. */
function assets(): string {
  if (existsSync(new URL("./pglite.data", import.meta.url))) return new URL("./", import.meta.url).href;
  return new URL("./", pathToFileURL(createRequire(import.meta.url).resolve("@electric-sql/pglite"))).href;
}
