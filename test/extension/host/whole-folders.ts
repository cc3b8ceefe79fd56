import "./whole-folders.suite.ts";
import { runInNode } from "./run-in-node.ts";
import { inStep } from "./support.ts";

export const run = () => runInNode(inStep);
