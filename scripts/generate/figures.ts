// Fills the figures of README, guides and the other pages: between `<!-- figure: name -->` and `<!-- /figure -->`.
// What is measured stands in docs/figures.json (npm run figures); what can be counted is counted here.
import { readdirSync, readFileSync } from "node:fs";
import { everyRule } from "#core/every-rule.ts";
import { layouts } from "#core/migration/layout/layouts.ts";
import { roomyMemory } from "#core/postgres/embedded/working-folder.ts";
import { keptFolders } from "#core/postgres/kept-folders.ts";

const pages = [
  ...["README", "ARCHITECTURE", "CONTRIBUTING", "SECURITY", "CHANGELOG", "extension/README"].map(
    (name) => `${name}.md`,
  ),
  ...["docs", "docs/guides"].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  ),
];

const counted: Readonly<Record<string, number>> = {
  rules: everyRule.length,
  layouts: Object.keys(layouts).length,
  "kept states": keptFolders.most,
  "days kept": keptFolders.days,
  "GB of memory": roomyMemory,
};
const figures: Readonly<Record<string, string | number>> = {
  ...(JSON.parse(readFileSync("docs/figures.json", "utf8")) as Record<string, string>),
  ...counted,
};

const filled = pages.flatMap((page): [string, string][] => {
  const text = readFileSync(page, "utf8");
  return text.includes("<!-- figure: ") ? [[page, fill(page, text)]] : [];
});
process.stdout.write(JSON.stringify(Object.fromEntries(filled)));

function fill(page: string, text: string): string {
  return text.replaceAll(/(<!-- figure: ([\w /-]+) -->)[^<]*(<!-- \/figure -->)/g, (_, open, name, close) => {
    const value = figures[name];
    if (value === undefined)
      throw new Error(`${page} quotes a figure that nobody measures or counts: ${name}`);
    return `${open}${value}${close}`;
  });
}
