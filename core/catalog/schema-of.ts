/** The schema in a qualified name, as SQL spells it. */
export function schemaOf(object: { readonly name: string }): string {
  const match = /^("(?:[^"]|"")*"|[^."]+)\./.exec(object.name);
  return match?.[1] ?? "public";
}
