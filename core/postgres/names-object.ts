import { escapePattern } from "../sql/escape-pattern.ts";

/** Whether SQL speaks of this name: as a word of its own, whatever its case. */
export function namesObject(sql: string, name: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${escapePattern(name)}(?![\\p{L}\\p{N}_$])`, "iu").test(sql);
}
