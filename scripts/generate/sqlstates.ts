// The page of SQLSTATEs: docs/sqlstates.md.
import { exampleScript } from "#core/sqlstate/example-script.ts";
import { type SqlState, sqlStates } from "#core/sqlstate/sqlstates.ts";
import { escapeHtml } from "./markdown/escape-html.ts";

function entry({ code, name, says, why, remedy, rules, example }: SqlState): string {
  const links = rules.map((rule) => `[${rule}](rules/${rule}.md)`).join(", ");
  return [
    `## ${code} ${name}`,
    `*${says}*`,
    escapeHtml(why),
    escapeHtml(remedy),
    ...(rules.length > 0 ? [`Seen coming by ${links}.`] : []),
    `\`\`\`sql\n${exampleScript(example)}\n\`\`\``,
  ].join("\n\n");
}

const text = `<!-- Generated from core/sqlstate/sqlstates.ts: npm run generate -->

# When PostgreSQL refuses a migration

What PostgreSQL answers, how a migration comes to it, and what to do. Every example is run by the tests, and fails as it
says. In the terminal: \`switchback explain 42P01\`.

${sqlStates.map(entry).join("\n\n")}
`;
process.stdout.write(JSON.stringify({ "docs/sqlstates.md": text }));
