import type { AttributesOf, ObjectKind } from "./model.ts";

export type Nameable =
  | { readonly kind: Exclude<ObjectKind, "table">; readonly name: string }
  | { readonly kind: "table"; readonly attributes: Partial<AttributesOf["table"]> };

/**
 * What routines, constraints and partitions are looked for by, where several may have it: `routine public.f` for
 * `public.f(integer)`, `constraint users_check` for `public.users.users_check`, `partition public.log DEFAULT`. A dot or a
 * parenthesis inside of quotes makes a label shorter than the name, so who looks compares the names too.
 */
export function namesakeLabel(one: Nameable): string | undefined {
  if (one.kind === "table") {
    const { partitionOf, partitionBound } = one.attributes;
    return partitionOf === undefined ? undefined : `partition ${partitionOf} ${partitionBound}`;
  }
  const { kind, name } = one;
  switch (kind) {
    case "function":
    case "procedure":
    case "aggregate":
      return `routine ${name.slice(0, name.indexOf("("))}`;
    case "constraint":
      return `constraint ${name.slice(name.lastIndexOf(".") + 1)}`;
    default:
      return undefined;
  }
}
