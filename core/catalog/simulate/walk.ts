import type { Node } from "@pgsql/types";

/** A parse tree as the walker sees it: every node and every wrapper is a record. */
type Tree = { readonly [key: string]: unknown };

/** Calls `visit` with every wrapped node (`{ColumnRef: …}`) of a tree; what it returns false for is not entered. */
export function walk(tree: unknown, visit: (node: Node) => boolean | undefined): void {
  if (typeof tree !== "object" || tree === null) return;
  if (Array.isArray(tree)) {
    for (const item of tree) walk(item, visit);
    return;
  }
  const keys = Object.keys(tree);
  if (isWrapper(keys) && visit(tree as Node) === false) return;
  for (const key of keys) {
    const part = (tree as Tree)[key];
    // Half of all parts are names and numbers.
    if (typeof part === "object") walk(part, visit);
  }
}

/** Node wrappers have exactly one key, which begins with a capital letter. */
function isWrapper(keys: readonly string[]): boolean {
  const first = keys[0];
  return keys.length === 1 && first !== undefined && first >= "A" && first < "[";
}
