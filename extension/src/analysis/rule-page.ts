import type { Example, Rule } from "#core/lint/rule.ts";

/** A rule as a Markdown page. */
export function rulePage(rule: Rule): string {
  const known = Object.entries(rule.alsoKnownAs ?? {}).map(([tool, name]) => `${tool}: \`${name}\``);
  const parts = [
    `# ${rule.name}`,
    rule.summary,
    `Severity **${rule.severity}**, in the presets ${rule.presets.join(", ")}.`,
    `## Why\n\n${rule.why}`,
    `## Instead\n\n${rule.instead}`,
    ...(rule.facts ? [`## Facts\n\n${rule.facts}`] : []),
    ...section("Found", rule.examples.bad),
    ...section("Not found", rule.examples.good),
    ...(known.length > 0 ? [`Also known as ${known.join(", ")}.`] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

function section(title: string, examples: readonly Example[]): string[] {
  return examples.length === 0 ? [] : [`## ${title}`, ...examples.map(block)];
}

function block({ before, up, down, note }: Example): string {
  const scripts = [
    ["before", before],
    ["up", up],
    ["down", down],
  ] as const;
  const given = scripts.filter(([, sql]) => sql !== undefined);
  const sql = given.map(([title, text]) => (given.length > 1 ? `-- ${title}\n${text}` : text)).join("\n\n");
  return `${note ? `${note}\n\n` : ""}\`\`\`sql\n${sql}\n\`\`\``;
}
