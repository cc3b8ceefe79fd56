import { findNodeAtLocation, getNodeValue, parseTree } from "jsonc-parser";
import type { Position } from "../report/model.ts";
import { positionAt } from "./position-at.ts";

/** What a configuration says, and where. */
export interface KeyInConfig {
  readonly value: unknown;
  /** Of the key. */
  readonly position: Position;
}

/** A key of a configuration, also of one that is broken elsewhere: which folder it is about is asked then, too. */
export function keyInConfig(text: string, name: string): KeyInConfig | undefined {
  const tree = parseTree(text, [], { allowTrailingComma: true, allowEmptyContent: true });
  const node = tree && findNodeAtLocation(tree, [name]);
  if (!node) return undefined;
  return { value: getNodeValue(node), position: positionAt(text, node.parent?.offset ?? node.offset) };
}
