/** A copy of a parse tree, which is plain JSON: `structuredClone` costs several times as much for trees this small. */
export function copyTree<T>(tree: T): T {
  if (Array.isArray(tree)) return tree.map(copyTree) as T;
  if (typeof tree !== "object" || tree === null) return tree;
  const copy: Record<string, unknown> = {};
  for (const key in tree) copy[key] = copyTree(tree[key]);
  return copy as T;
}
