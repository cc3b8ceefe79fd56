// Tables of the inputs and outputs of the Action, from action.yml.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { escapeHtml } from "./markdown/escape-html.ts";

interface Entry {
  readonly description: string;
}

const metadata = parse(readFileSync("action.yml", "utf8")) as {
  readonly inputs: Readonly<Record<string, Entry>>;
  readonly outputs: Readonly<Record<string, Entry>>;
};

function table(head: string, entries: Readonly<Record<string, Entry>>): string {
  const rows = Object.entries(entries).map(
    ([name, { description }]) => `| \`${name}\` | ${escapeHtml(description).replaceAll("|", "\\|")} |`,
  );
  return [`| ${head} | |`, "|---|---|", ...rows].join("\n");
}

const text = `<!-- Generated from action.yml: npm run generate -->

# Inputs and outputs of the GitHub Action

Nothing has to be set. An input wins over \`switchback.jsonc\`, which wins over what is built in.

${table("input", metadata.inputs)}

${table("output", metadata.outputs)}
`;
process.stdout.write(JSON.stringify({ "docs/github-action-inputs.md": text }));
