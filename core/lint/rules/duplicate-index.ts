import type { CatalogObject } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { tokens } from "../../sql/tokens.ts";
import { defineRule, type ScriptStep, type UpContext } from "../rule.ts";

type Index = CatalogObject<"index">;

export const duplicateIndex = defineRule({
  name: "duplicate-index",
  summary: "A new index that another one of the same table makes superfluous.",
  why: "It costs disk space and time on every write, and no query is faster for it.",
  instead: "Leave it out, or drop the shorter one.",
  severity: "info",
  presets: ["strict", "all"],
  since: "0.1.0",
  facts: "A B-tree serves every query on its first columns (manual 11.3).",
  alsoKnownAs: { "pg-migration-lint": "PGM508" },
  examples: {
    bad: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);",
        up: "CREATE INDEX CONCURRENTLY users_email_idx ON users (email);",
        down: "DROP INDEX CONCURRENTLY users_email_idx;",
        note: "UNIQUE has made one.",
      },
      {
        up: "CREATE TABLE members (team_id bigint, user_id bigint, PRIMARY KEY (team_id, user_id));\nCREATE INDEX members_team_idx ON members (team_id);",
        down: "DROP TABLE members;",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_lower_idx ON users (lower(email), id);",
        up: "CREATE INDEX CONCURRENTLY users_mail_idx ON users (LOWER(email));",
        down: "DROP INDEX CONCURRENTLY users_mail_idx;",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE UNIQUE INDEX users_id_key ON users (id);",
        down: "DROP TABLE users;",
        note: "The primary key has made one.",
      },
    ],
    good: [
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);",
        up: "CREATE INDEX CONCURRENTLY users_email_idx ON users (email text_pattern_ops);",
        down: "DROP INDEX CONCURRENTLY users_email_idx;",
        note: "Another operator class.",
      },
      {
        before: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE, active boolean);",
        up: "CREATE INDEX CONCURRENTLY users_email_idx ON users (email) WHERE active;",
        down: "DROP INDEX CONCURRENTLY users_email_idx;",
        note: "A partial index is smaller.",
      },
      {
        up: "CREATE TABLE members (team_id bigint, user_id bigint, PRIMARY KEY (team_id, user_id));\nCREATE INDEX members_user_idx ON members (user_id);",
        down: "DROP TABLE members;",
        note: "Not the first column.",
      },
      {
        before: "CREATE TABLE members (team_id bigint, user_id bigint, PRIMARY KEY (team_id, user_id));",
        up: "CREATE UNIQUE INDEX CONCURRENTLY members_team_idx ON members (team_id);",
        down: "DROP INDEX CONCURRENTLY members_team_idx;",
        note: "It forbids what the other one allows.",
      },
      {
        before:
          "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_lower_idx ON users (lower(trim(email)), id);",
        up: "CREATE INDEX CONCURRENTLY users_mail_idx ON users (lower(email));",
        down: "DROP INDEX CONCURRENTLY users_mail_idx;",
        note: "Another expression.",
      },
    ],
  },
  check: {
    afterUp: reportIndexes,
  },
});

/** Every index that CREATE INDEX made in the up and that is still there at its end. */
function reportIndexes({ up, catalog, report }: UpContext): void {
  const created = new Set(up.steps.flatMap((step) => createdIndex(step) ?? []));
  const seen = new Set<string>();
  for (const step of up.steps) {
    const { statement } = step;
    const name = createdIndex(step);
    const index = name === undefined ? undefined : catalog.get("index", name);
    if (index?.kind !== "index" || !index.parent) continue;
    seen.add(index.name);
    for (const other of catalog.childrenOf(index.parent)) {
      if (other.kind !== "index" || other.name === index.name || !covers(other, index)) continue;
      // Of two alike the one that comes second is superfluous.
      if (created.has(other.name) && !seen.has(other.name) && covers(index, other)) continue;
      report(up.script, {
        start: statement.start,
        end: statement.end,
        message: `${plainName(index.name)} is superfluous: ${plainName(other.name)} begins with the same columns`,
        label: `${plainName(other.name)} is on (${other.attributes.columns.join(", ")})`,
        help: "leave it out",
      });
      break;
    }
  }
}

function createdIndex({ statement, outcome }: ScriptStep): string | undefined {
  if (!("IndexStmt" in statement.node)) return undefined;
  const made = outcome.effects.find(({ action, key }) => action === "create" && key.startsWith("index "));
  return made?.key.slice("index ".length);
}

function covers(other: Index, index: Index): boolean {
  const [mine, its] = [keysOf(index), keysOf(other)];
  if (!mine || !its || index.attributes.method !== "btree" || other.attributes.method !== "btree")
    return false;
  if (index.attributes.predicate !== other.attributes.predicate || other.attributes.invalid) return false;
  const same = mine.length === its.length && mine.every((key, place) => key === its[place]);
  const included = index.attributes.include?.join() ?? "";
  if (same) {
    return (
      included === (other.attributes.include?.join() ?? "") &&
      (!index.attributes.unique || other.attributes.unique === true)
    );
  }
  // A unique index means more than the order of its rows; a prefix of one serves as well.
  return (
    !index.attributes.unique &&
    included === "" &&
    mine.length < its.length &&
    mine.every((key, place) => key === its[place])
  );
}

/** The key list with collations, operator classes and order: from the definition, what stands in the parentheses behind `USING btree`. */
function keysOf({ attributes: { definition } }: Index): string[] | undefined {
  const head = / USING btree \(/.exec(definition);
  if (!head) return undefined;
  const keys = [""];
  let depth = 0;
  for (const token of tokens(definition, head.index + head[0].length, definition.length)) {
    const word = definition.slice(token.start, token.end);
    if (word === "(") depth++;
    if (word === ")" && depth-- === 0) break;
    if (word === "," && depth === 0) keys.push("");
    else keys.push(`${keys.pop()} ${word}`);
  }
  return keys;
}
