import "./multi-root.suite.ts";
import { runInNode } from "./run-in-node.ts";

export const run = () => runInNode();
