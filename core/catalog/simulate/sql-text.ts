import type { Node } from "@pgsql/types";
import { FullDeparser } from "./full-deparser.ts";

/** A parse tree as SQL on one line. */
export function sqlText(node: Node | undefined): string {
  if (!node) return "";
  const text = new FullDeparser(node, { pretty: false }).deparseQuery();
  // White space inside of quotes is part of what they hold.
  return text
    .replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\s+/g, (part) => (/^\s/.test(part) ? " " : part))
    .trim();
}
