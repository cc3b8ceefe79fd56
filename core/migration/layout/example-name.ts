import type { VersionStyle } from "../version-style.ts";
import type { Layout } from "./layout.ts";

/** How the runner itself would name a first migration, for messages. */
export function exampleName({ firstVersion, fileName }: Layout): string {
  return fileName(firstVersion ? spelt(firstVersion) : "000001", "create_users", "up");
}

function spelt(style: VersionStyle): string {
  switch (style.kind) {
    case "sequence":
      return "1".padStart(style.width, "0");
    case "timestamp":
      return "20240131120000".padEnd(style.digits, "0").slice(0, style.digits);
    case "dashed":
      return "2024-01-31-120000";
    case "unix":
      return style.unit === "ms" ? "1706702400000" : "1706702400";
    case "dotted":
      return "1";
  }
}
