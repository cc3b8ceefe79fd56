import type { RuleOverride } from "../lint/rule-overrides.ts";

/** Globs count from the migration folder. Who writes them as the configuration sees the files means the same ones. */
export function fromMigrationFolder(
  overrides: readonly RuleOverride[],
  migrations: string,
): readonly RuleOverride[] {
  const folder = `${migrations.replace(/^\.\//, "").replace(/\/+$/, "")}/`;
  const inside = (glob: string) => {
    const plain = glob.replace(/^\.\//, "");
    return plain.startsWith(folder) ? [glob, plain.slice(folder.length)] : [glob];
  };
  return overrides.map((override) => ({ ...override, paths: override.paths.flatMap(inside) }));
}
