/** Entry of the thread that reads, checks and proposes, in Node. */
import { nodePort } from "../background/node-port.ts";
import { gitBase } from "./git-base.ts";
import { serveAnalysis } from "./serve-analysis.ts";

serveAnalysis(nodePort(), gitBase);
