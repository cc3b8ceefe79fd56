/** Where editors find the schema of the configuration. */
const schema = "https://raw.githubusercontent.com/switchback/switchback/v1/schema/switchback.schema.json";

export interface StarterConfig {
  /** Migration folder, relative to the file. */
  readonly migrations: string;
  /** Last version of the history, and why nothing is said about it. */
  readonly startAfter?: { readonly version: string; readonly reason: string };
}

/**
 * The text of a first `switchback.jsonc`: what differs from what is built in, and where to go on. A key that is always
 * there stands last, so that each commented line may be taken in as it is, also by readers that want no comma at the end.
 */
export function starterConfig({ migrations, startAfter }: StarterConfig): string {
  const history = startAfter
    ? `  // ${startAfter.reason}\n  "startAfter": ${JSON.stringify(startAfter.version)},\n`
    : "";
  return `{
  "$schema": ${JSON.stringify(schema)},
${history}  // "postgres": 16, // PostgreSQL to prove on
  // "target": 13, // PostgreSQL in production, for the rules, where it is older
  // "prelude": "db/roles.sql", // what has to exist before the first migration
  // "preset": "strict", // also timeouts, idempotency, renames
  // "rules": { "drop-column": "off" }, // severity of single rules
  "migrations": ${JSON.stringify(migrations)}
}
`;
}
