/** One PGlite; its files stand beside this one. */
import { answerer } from "../../../core/postgres/pglite/answer.ts";
import type { Request } from "../../../core/postgres/pglite/messages.ts";
import { workerScope } from "./worker-scope.ts";

const answer = answerer(new URL("./", import.meta.url).href, (response) => workerScope.postMessage(response));
workerScope.onmessage = ({ data }) => answer(data as Request);
