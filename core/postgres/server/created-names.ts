const identifier = String.raw`("(?:[^"]|"")+"|'(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_$]*)`;
const statements: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ["role", new RegExp(String.raw`\bcreate\s+(?:role|user(?!\s+mapping)|group)\s+${identifier}`, "giu")],
  ["database", new RegExp(String.raw`\bcreate\s+database\s+${identifier}`, "giu")],
  ["tablespace", new RegExp(String.raw`\bcreate\s+tablespace\s+${identifier}`, "giu")],
  [
    "replication slot",
    new RegExp(String.raw`\bpg_create_physical_replication_slot\s*\(\s*${identifier}`, "giu"),
  ],
];

/** What a script may create in the whole server, as `[kind, name]`; in strings and DO blocks too, never too little. */
export function createdNames(sql: string): [kind: string, name: string][] {
  return statements.flatMap(([kind, pattern]) =>
    [...sql.matchAll(pattern)].map(([, name = ""]): [string, string] => [kind, plain(name)]),
  );
}

function plain(name: string): string {
  const quote = name[0];
  if (quote !== '"' && quote !== "'") return name.toLowerCase();
  return name.slice(1, -1).replaceAll(quote + quote, quote);
}
