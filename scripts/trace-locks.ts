// Which locks PostgreSQL takes, as traced on every installed major version:
//
//     node scripts/run.mjs scripts/trace-locks.ts > docs/locks.md
//
// The linter's lock table is written after it; test/core/catalog/traced-locks.test.ts keeps the two equal.
import { findInstallations, openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { shapes } from "./locks/statement-shapes.ts";
import { type TracedShape, tracedLocks } from "./locks/traced-locks.ts";

const versions: { readonly postgres: string; readonly traced: readonly TracedShape[] }[] = [];
for (const major of [13, 14, 15, 16, 17, 18]) {
  if ((await findInstallations(major)).length === 0) continue;
  const engine = await openEmbedded({ major });
  try {
    versions.push({ postgres: engine.postgres, traced: await tracedLocks(engine) });
  } finally {
    await engine.stop();
  }
}

const rows = shapes.map((sql, index) => {
  const byText = new Map<string, string[]>();
  for (const { postgres, traced } of versions) {
    const text = (traced[index]?.locks ?? []).join("<br>").replaceAll("public.", "") || "none";
    byText.set(text, [...(byText.get(text) ?? []), postgres.split(".")[0] ?? ""]);
  }
  const cells = [...byText].map(([text, majors]) =>
    byText.size === 1 ? text : `${majors.join(", ")}: ${text}`,
  );
  return `| \`${sql}\` | ${cells.join("<br>")} |`;
});

const names = versions.map(({ postgres }) => postgres).join(", ");
process.stdout.write(`# Locks, as traced

Each statement was run alone on PostgreSQL ${names}, on tables that had rows, and its locks were read from \`pg_locks\`
before it ended. \`ACCESS SHARE\` and \`ROW SHARE\` are left out: they stop nobody who reads or writes. *rewrite*: the
table is written anew. *scan*: it is read from the first row to the last. Written by \`scripts/trace-locks.ts\`; the
linter's own table says the same, and a test compares the two. Other versions were not traced.

| statement | locks |
|---|---|
${rows.join("\n")}
`);
