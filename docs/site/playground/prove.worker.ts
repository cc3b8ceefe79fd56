/** Proves when it is asked to. Who does not want to wait ends this worker, and PostgreSQL with it. */
import { type BrowserWorker, browserThreads } from "../../../core/postgres/pglite/browser-threads.ts";
import { pgliteEngine } from "../../../core/postgres/pglite/pglite-engine.ts";
import type { Engine } from "../../../core/postgres/session.ts";
import { answerQuestions } from "./answer-questions.ts";
import { checkTexts } from "./check-texts.ts";

declare const Worker: new (script: URL, options: { readonly type: "module" }) => BrowserWorker;

const startThread = browserThreads(
  () => new Worker(new URL("./pglite.worker.js", import.meta.url), { type: "module" }),
  "PGlite could not be loaded",
);

/** The next proof starts from the data folder that the first one made; each has an instance of its own. */
let engine: Engine | undefined;

async function openEngine(): Promise<Engine> {
  engine ??= await pgliteEngine({ startThread });
  return { ...engine, stop: async () => {} };
}

answerQuestions(({ texts }) => checkTexts(texts, openEngine));
