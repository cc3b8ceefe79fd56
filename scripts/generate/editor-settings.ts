// The settings of the editor that stand for options: what a person may switch on for round trips in the editor.
import { readFileSync } from "node:fs";
import { optionTable } from "#core/config/options.ts";

const file = "extension/package.json";
const manifest = JSON.parse(readFileSync(file, "utf8"));
const { properties } = manifest.contributes.configuration;

for (const { setting, type, description, default: value } of optionTable) {
  if (setting === undefined) continue;
  if (type.kind !== "switch") throw new Error(`${setting}: only switches are made into settings`);
  properties[setting] = {
    type: "boolean",
    default: value,
    scope: "resource",
    markdownDescription: `${description}. Not set here, \`switchback.jsonc\` decides.`,
  };
}
process.stdout.write(JSON.stringify({ [file]: `${JSON.stringify(manifest, null, 2)}\n` }));
