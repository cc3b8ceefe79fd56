import { lint } from "#core/lint/lint.ts";
import type { LintInput, LintResult } from "#core/lint/lint-input.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { readMigrations } from "#core/migration/read-migrations.ts";

/** Lints texts as the files of a golang-migrate folder called `migrations`. */
export function lintFiles(
  files: ReadonlyMap<string, string> | Readonly<Record<string, string | Uint8Array>>,
  options: Partial<Omit<LintInput, "folder">> = {},
): Promise<LintResult> {
  const entries = files instanceof Map ? [...files] : Object.entries(files);
  const raw = entries.map(([path, content]) => ({
    path,
    bytes: typeof content === "string" ? new TextEncoder().encode(content) : content,
  }));
  const folder = readMigrations("migrations", raw, golangMigrate);
  return lint({ folder, preset: "all", rules: {}, postgres: 18, ...options });
}
