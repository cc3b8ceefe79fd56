import type { Inputs } from "./inputs.ts";

/** Texts that must not be in the log: the server's URL, and its password as it was written and as it is sent. */
export function secretsOf({ url }: Inputs): readonly string[] {
  if (url === undefined) return [];
  const before = /^[^:]+:\/\/[^:/?#]*:([^@/?#]*)@/.exec(url)?.[1] ?? "";
  const behind = /[?&]password=([^&#]*)/.exec(url)?.[1] ?? "";
  return [url, before, decoded(before), behind, decoded(behind)].filter((text) => text !== "");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
