import type { CheckInput } from "#core/check-input.ts";
import { ruleOverrides } from "#core/lint/rule-overrides.ts";
import { print } from "../write-output.ts";

/** An override that names no file does nothing, and nobody would see that its glob is misspelt. */
export async function tellIdleOverrides({ config, files, folder, lint }: CheckInput): Promise<void> {
  if (!lint) return;
  for (const override of config.overrides ?? []) {
    const [rule] = Object.keys(override.rules);
    if (rule === undefined) continue;
    const severity = ruleOverrides([override], folder);
    if (files.some(({ path }) => severity(rule, path) !== undefined)) continue;
    await print(process.stderr, `the override of "${override.paths[0]}" names no file of ${folder}\n`);
  }
}
