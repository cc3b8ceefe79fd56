import "./restricted.suite.ts";
import { runInNode } from "./run-in-node.ts";

export const run = () => runInNode();
