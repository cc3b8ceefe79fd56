/** Entry of the same in a browser, where there is no git. */
import { webPort } from "../background/web-port.ts";
import { serveAnalysis } from "./serve-analysis.ts";

serveAnalysis(webPort());
