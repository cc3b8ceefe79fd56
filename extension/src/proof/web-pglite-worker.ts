/** Entry of the worker that PGlite runs in, in a browser. */
import { answerer } from "#core/postgres/pglite/answer.ts";
import type { Request } from "#core/postgres/pglite/messages.ts";
import { workerScope } from "../background/worker-scope.ts";

const answer = answerer(workerScope.switchbackAssets, (response) => workerScope.postMessage(response));
workerScope.onmessage = ({ data }) => answer(data as Request);
