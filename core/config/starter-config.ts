import { builtInConfig } from "./resolve-config.ts";

/** Where editors find the schema of the configuration. */
const schema = "https://raw.githubusercontent.com/switchback/switchback/v1/schema/switchback.schema.json";

export interface StarterConfig {
  /** Migration folder, relative to the file. */
  readonly migrations: string;
  /** Last version of the history, and why nothing is said about it. */
  readonly startAfter?: { readonly version: string; readonly reason: string };
}

/** The text of a first `switchback.jsonc`: what differs from what is built in, and where to go on. */
export function starterConfig({ migrations, startAfter }: StarterConfig): string {
  const lines = [`"$schema": ${JSON.stringify(schema)}`];
  if (migrations !== builtInConfig.migrations) lines.push(`"migrations": ${JSON.stringify(migrations)}`);
  if (startAfter)
    lines.push(`// ${startAfter.reason}\n  "startAfter": ${JSON.stringify(startAfter.version)}`);
  return `{
  ${lines.join(",\n  ")}
  // "postgres": 16,            PostgreSQL to prove on
  // "target": 13,              PostgreSQL in production, for the rules, where it is older
  // "prelude": "db/roles.sql", what has to exist before the first migration
  // "preset": "strict",        also timeouts, idempotency, renames
  // "rules": { "drop-column": "off" }
}
`;
}
