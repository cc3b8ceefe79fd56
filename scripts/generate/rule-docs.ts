// A page for every rule, and the table of all of them.
import { everyRule } from "#core/every-rule.ts";
import type { Example, Rule } from "#core/lint/rule.ts";

const severities = { error: "error", warning: "warning", info: "advice" } as const;

function page(rule: Rule): string {
  const parts = [
    `<!-- Generated from the rule: npm run generate -->\n\n# ${rule.name}`,
    rule.summary,
    `${severities[rule.severity]} · preset \`${presetOf(rule)}\` · since ${rule.since}`,
    `## Why\n\n${rule.why}`,
    `## Instead\n\n${rule.instead}`,
    ...(rule.facts === undefined ? [] : [`## Facts\n\n${rule.facts}`]),
    ...examples("Found in", rule.examples.bad),
    ...examples("Silent on", rule.examples.good),
    ...alsoKnownAs(rule),
    ignoring(rule),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** A rule belongs to the first preset that has it; the wider ones have it too. */
function presetOf({ presets }: Rule): string {
  return presets[0] ?? "all";
}

function examples(title: string, all: readonly Example[]): string[] {
  return all.length === 0 ? [] : [`## ${title}`, ...all.map(example)];
}

function example({ before, up, down, files, note, postgres }: Example): string {
  const remark = [note, postgres === undefined ? undefined : `PostgreSQL ${postgres}.`].filter((it) => it);
  const named = files ? [`Files: ${files.map((file) => `\`${file}\``).join(", ")}`] : [];
  const sql = [
    ...(before ? [["before", before] as const] : []),
    ["up", up] as const,
    ...(down === undefined ? [] : [["down", down] as const]),
  ].filter(([, text]) => text.trim() !== "");
  const body = sql.map(([part, text]) => (sql.length === 1 ? text : `-- ${part}\n${text}`)).join("\n\n");
  return [...(remark.length > 0 ? [remark.join(" ")] : []), ...named, ...(body ? [fenced(body)] : [])].join(
    "\n\n",
  );
}

/** A fence that nothing inside closes. */
function fenced(sql: string): string {
  const fence = sql.includes("```") ? "````" : "```";
  return `${fence}sql\n${sql}\n${fence}`;
}

function alsoKnownAs({ alsoKnownAs: names = {} }: Rule): string[] {
  const list = Object.entries(names).map(([tool, name]) => `${tool}: \`${name}\``);
  return list.length === 0 ? [] : [`## Elsewhere\n\n${list.join(" · ")}`];
}

function ignoring({ name, check }: Rule): string {
  if (Object.keys(check).length === 0) return "[All rules](README.md)";
  return `## Where it is meant\n\n\`\`\`sql\n-- switchback-ignore ${name}: <reason>\n\`\`\`\n\nbefore the statement, or \`"rules": { "${name}": "off" }\` in \`switchback.jsonc\`. [All rules](README.md)`;
}

const presets = [
  ["recommended", "Locks, rewrites, failures, data loss, broken reversals, files and history"],
  ["strict", "Timeouts, idempotency, compatibility with running code, explicit names"],
  ["all", "Style and taste"],
] as const;

function table(): string {
  const sections = presets.flatMap(([preset, words]) => {
    const rules = everyRule.filter((rule) => presetOf(rule) === preset);
    if (rules.length === 0) return [];
    const rows = rules.map(
      ({ name, severity, summary }) =>
        `| [${name}](${name}.md) | ${severities[severity]} | ${summary.replaceAll("|", "\\|")} |`,
    );
    return [`## ${preset}\n\n${words}.\n\n| rule | severity | finds |\n|---|---|---|\n${rows.join("\n")}`];
  });
  return `<!-- Generated from the rules: npm run generate -->\n\n# Rules\n\nEach preset has the rules of the ones before it.\n\n${sections.join("\n\n")}\n`;
}

const pages = Object.fromEntries(everyRule.map((rule) => [`docs/rules/${rule.name}.md`, page(rule)]));
process.stdout.write(JSON.stringify({ ...pages, "docs/rules/README.md": table() }));
