import "./diagnostics.suite.ts";
import "./actions.suite.ts";
import "./commands.suite.ts";
import "./round-trips.suite.ts";
import "./node.suite.ts";
import { runInNode } from "./run-in-node.ts";
import { inStep } from "./support.ts";

export const run = () => runInNode(inStep);
