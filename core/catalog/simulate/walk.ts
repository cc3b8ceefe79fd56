import type { Node } from "@pgsql/types";

/** A parse tree as the walker sees it: every node and every wrapper is a record. */
type Tree = { readonly [key: string]: unknown };

/** Calls `visit` with every wrapped node (`{ColumnRef: …}`) of a tree; what it returns false for is not entered. */
export function walk(tree: unknown, visit: (node: Node) => boolean | undefined): void {
  if (typeof tree !== "object" || tree === null) return;
  // An iterator, or a list of the keys, is made for each node: a quarter of what a walk takes.
  if (Array.isArray(tree)) {
    for (let index = 0; index < tree.length; index++) walk(tree[index], visit);
    return;
  }
  if (isWrapper(tree) && visit(tree as Node) === false) return;
  for (const key in tree) {
    const part = (tree as Tree)[key];
    // Half of all parts are names and numbers.
    if (typeof part === "object") walk(part, visit);
  }
}

/** Node wrappers have exactly one key, which begins with a capital letter. */
function isWrapper(tree: object): boolean {
  let only: string | undefined;
  for (const key in tree) {
    if (only !== undefined) return false;
    only = key;
  }
  return only !== undefined && only >= "A" && only < "[";
}
