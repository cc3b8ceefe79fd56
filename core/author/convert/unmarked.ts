import type { Layout } from "../../migration/layout/layout.ts";
import type { Script } from "../../migration/model.ts";

/**
 * The SQL of a script without the comments that only its runner understands. What stands above the first section of a
 * file goes with the up.
 */
export function unmarked({ file, start, end, direction }: Script, { downs, markers }: Layout): string {
  const isRunners = (line: string) => markers?.some((marker) => marker.test(line)) ?? false;
  const withoutMarkers = (text: string) =>
    text
      .split("\n")
      .filter((line) => !isRunners(line.replace(/\r$/, "")))
      .join("\n");
  const text = file.text.slice(start, end);
  if (downs !== "section") return withoutMarkers(text);
  const head = direction === "up" ? file.text.slice(0, start) : "";
  const sql = `${withoutMarkers(head).trim()}\n${withoutMarkers(text).trim()}`.trim();
  return sql === "" ? "" : `${sql}\n`;
}
