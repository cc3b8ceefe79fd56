#!/usr/bin/env node
// Makes a rule and registers it: npm run new-rule <name>. Its example fails until the rule is written.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), "core/lint/rules");
const [name = ""] = process.argv.slice(2);
const file = join(folder, `${name}.ts`);
if (!/^[a-z]+(-[a-z]+)*$/.test(name)) fail("usage: npm run new-rule <name-in-kebab-case>");
if (existsSync(file)) fail(`there is a rule ${name}`);

const constant = name.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());
writeFileSync(file, rule());
const index = join(folder, "index.ts");
const registered = registerIn(readFileSync(index, "utf8"));
writeFileSync(index, registered);
process.stdout.write(
  `core/lint/rules/${name}.ts\nits examples fail until it is written: npx vitest run test/rules\n`,
);

function registerIn(text) {
  const imports = insert(text, /^import \{ \w+ \} from "\.\/([\w-]+)\.ts";\n/gm, name, () => {
    return `import { ${constant} } from "./${name}.ts";\n`;
  });
  return insert(imports, /^ {2}(\w+),\n/gm, constant, () => `  ${constant},\n`);
}

/** Before the first line that belongs behind it, else behind the last. */
function insert(text, lines, key, line) {
  const all = [...text.matchAll(lines)];
  const order = (word) => word.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const next = all.find((match) => order(match[1]) > order(key));
  const last = all.at(-1);
  if (!last) fail("core/lint/rules/index.ts has no list of rules");
  const at = next ? next.index : last.index + last[0].length;
  return text.slice(0, at) + line() + text.slice(at);
}

function rule() {
  return `import { defineRule } from "../rule.ts";

export const ${constant} = defineRule({
  name: "${name}",
  summary: "What it finds, in one sentence.",
  why: "What goes wrong in production.",
  instead: "The safe way, with SQL to copy.",
  severity: "warning",
  presets: ["strict", "all"],
  since: "${version()}",
  facts: "Versions of PostgreSQL and the pages of the manual that it rests on.",
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY);",
        up: "SELECT 1;",
        down: "SELECT 1;",
      },
    ],
    good: [
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);",
        down: "DROP TABLE users;",
        note: "The table is new.",
      },
    ],
  },
  check: {
    statement() {},
  },
});
`;
}

function version() {
  const manifest = join(dirname(dirname(fileURLToPath(import.meta.url))), "package.json");
  return JSON.parse(readFileSync(manifest, "utf8")).version;
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
