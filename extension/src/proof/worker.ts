/** Entry of the thread that proves, in Node. */
import { openEngine } from "#core/postgres/open-engine.ts";
import { nodePort } from "../background/node-port.ts";
import { serveProof } from "./serve-proof.ts";

serveProof(nodePort(), openEngine);
