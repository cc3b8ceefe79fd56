import type { Direction } from "../../migration/model.ts";
import { dictionary } from "../../sql/dictionary.ts";

export interface HeaderFacts {
  readonly version: string;
  /** `add_user_status` */
  readonly title: string;
  readonly direction: Direction;
  /** The day is written as UTC has it: `2024-01-31`. */
  readonly now: Date;
}

/**
 * What a new file, or a section of one, begins with: a line about it, or a team's own template with `{title}` (in words),
 * `{version}`, `{direction}` and `{date}` filled in. Other braces stay as they are.
 */
export function fileHeader(
  template: string | undefined,
  { version, title, direction, now }: HeaderFacts,
): string {
  const words = title.replaceAll("_", " ");
  if (template === undefined)
    return direction === "up"
      ? `-- ${words.charAt(0).toUpperCase()}${words.slice(1)}\n`
      : `-- Undo: ${words}\n`;
  const values: Readonly<Record<string, string>> = dictionary({
    title: words,
    version,
    direction,
    date: now.toISOString().slice(0, 10),
  });
  const text = template.replaceAll(/\{(\w+)\}/g, (written, name: string) => values[name] ?? written);
  return text.endsWith("\n") ? text : `${text}\n`;
}
