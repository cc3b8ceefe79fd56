import type { Node } from "@pgsql/types";
import type { World } from "./world.ts";

type Body<K extends PropertyKey> =
  Extract<Node, { [P in K]: unknown }> extends { [P in K]: infer B } ? B : never;
export type Kind = Node extends infer N ? (N extends object ? keyof N : never) : never;

/** What kinds of statements do to the world. `sql` is the statement's own text. */
export type Handlers = { readonly [K in Kind]?: (world: World, body: Body<K>, sql: string) => void };
