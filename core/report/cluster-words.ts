import type { Report } from "./model.ts";

/** `Removed from the server again, made beside the database: role app.` Nothing where there was nothing. */
export function clusterWords({ clusterObjects = [] }: Report): readonly string[] {
  if (clusterObjects.length === 0) return [];
  return [`Removed from the server again, made beside the database: ${clusterObjects.join(", ")}.`];
}
