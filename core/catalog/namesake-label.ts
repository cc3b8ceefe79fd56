import type { ObjectKind } from "./model.ts";

export interface Nameable {
  readonly kind: ObjectKind;
  readonly name: string;
}

/**
 * What routines and constraints are looked for by, where several may have it: `routine public.f` for `public.f(integer)`,
 * `constraint users_check` for `public.users.users_check`. A dot or a parenthesis inside of quotes makes a label shorter
 * than the name, so who looks compares the names too.
 */
export function namesakeLabel({ kind, name }: Nameable): string | undefined {
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
