/** A rewrite that crosses deployments: what to say before the SQL, and the SQL of that migration. */
export interface Step {
  readonly words: string;
  readonly sql: readonly string[];
}

/** Help text: each step in words, its SQL on lines indented by two spaces. */
export function steps(...all: readonly Step[]): string {
  return all.map(({ words, sql }) => [words, ...sql.map((line) => `  ${line}`)].join("\n")).join("\n");
}
