// What each engine can, from the table that the conformance suite proves on every engine.
import { features } from "../../test/core/postgres/conformance/features.ts";

const engines = [
  ["embedded", "real PostgreSQL 15 to 18 from npm or from the system, on Linux and macOS"],
  ["docker", "any image, such as postgis or pgvector"],
  ["server", "scratch databases on a server of yours"],
  ["pglite", "PostgreSQL 18 in WebAssembly, nothing to install"],
] as const;

const rows = features.map(
  ({ words, engines: able }) =>
    `| ${words} | ${engines.map(([name]) => (able.includes(name) ? "✓" : "–")).join(" | ")} |`,
);
const text = `<!-- Generated from test/core/postgres/conformance/features.ts: npm run generate -->

# Engines

${engines.map(([name, what]) => `- \`--engine ${name}\`: ${what}.`).join("\n")}

Without \`--engine\` it is \`embedded\` where the wanted version is installed, else \`pglite\`. Every engine passes the same
suite. What differs, each ✓ and each – seen by that suite:

| | ${engines.map(([name]) => name).join(" | ")} |
|---|${engines.map(() => ":-:").join("|")}|
${rows.join("\n")}

On a server of yours it is as that server is set up: the suite's has \`wal_level=logical\`, prepared transactions and a
superuser. A role that may create databases is enough for migrations that need no more.
`;
process.stdout.write(JSON.stringify({ "docs/engines.md": text }));
