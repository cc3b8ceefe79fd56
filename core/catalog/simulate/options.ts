import type { Node } from "@pgsql/types";
import { strings } from "./relations.ts";

/** `name=value` of a WITH (…) or OPTIONS (…) list, sorted, as reloptions holds them. */
export function options(nodes: readonly Node[]): string[] {
  const out: string[] = [];
  for (const node of nodes) {
    if (!("DefElem" in node)) continue;
    const { defname, defnamespace, arg } = node.DefElem;
    const name = defnamespace ? `${defnamespace}.${defname}` : (defname ?? "");
    out.push(`${name}=${optionValue(arg)}`);
  }
  return out.sort();
}

/** The text of an option's value; an option without one is on. */
export function optionValue(arg: Node | undefined): string {
  if (!arg) return "true";
  if ("String" in arg) return arg.String.sval ?? "";
  if ("Integer" in arg) return String(arg.Integer.ival ?? 0);
  if ("Float" in arg) return arg.Float.fval ?? "0";
  if ("Boolean" in arg) return String(arg.Boolean.boolval === true);
  if ("TypeName" in arg) return strings(arg.TypeName.names).at(-1) ?? "";
  if ("List" in arg) return strings(arg.List.items).join(",");
  return "true";
}

/** The value of one option of a list. */
export function optionNamed(nodes: readonly Node[], name: string): Node | undefined {
  for (const node of nodes) if ("DefElem" in node && node.DefElem.defname === name) return node.DefElem.arg;
  return undefined;
}

/** Is the option in the list, whatever its value? */
export function hasOption(nodes: readonly Node[] | undefined, name: string): boolean {
  return (nodes ?? []).some((node) => "DefElem" in node && node.DefElem.defname === name);
}

/** Is the option in the list, and not as `FULL false`? */
export function isSwitchedOn(nodes: readonly Node[] | undefined, name: string): boolean {
  return (nodes ?? []).some(
    (node) =>
      "DefElem" in node &&
      node.DefElem.defname === name &&
      /^(?:true|on|1|yes)$/i.test(optionValue(node.DefElem.arg)),
  );
}
