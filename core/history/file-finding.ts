import type { Rule } from "../lint/rule.ts";
import type { Finding } from "../report/model.ts";
import type { VersionedFile } from "./versioned-file.ts";

/** A finding about a file's name or fate: it points at the first character of the up, or of what there is. */
export function fileFinding(
  rule: Rule,
  files: readonly VersionedFile[],
  words: { readonly message: string; readonly help: string } & Pick<Partial<Finding>, "severity" | "fix">,
): Finding {
  const first = files.find((file) => file.direction === "up") ?? files[0];
  const start = { line: 1, column: 1 };
  return {
    rule: rule.name,
    severity: rule.severity,
    file: first?.path ?? "",
    range: { start, end: start },
    ...(first ? { migration: first.name } : {}),
    why: rule.why,
    ...words,
  };
}
