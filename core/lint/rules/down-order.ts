import { detachFirst } from "../../author/down/inverse/detach-first.ts";
import { shorten } from "../../author/down/inverse/shorten.ts";
import { describeKey } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { referencesToWhole } from "../../catalog/simulate/references-to-whole.ts";
import { oneLine } from "../../sql/one-line.ts";
import type { Statement } from "../../sql/statement.ts";
import { mistypedDrops } from "../facts/mistyped-drops.ts";
import { downFailure } from "../facts/sure-failure.ts";
import { changesType, dependentsWords } from "../help/dependents-words.ts";
import { dropsBefore } from "../help/drops-before.ts";
import { workingOrder } from "../help/working-order.ts";
import { defineRule, type MigrationContext, type SimulatedScript } from "../rule.ts";

export const downOrder = defineRule({
  name: "down-order",
  summary: "The down drops something while another object still depends on it.",
  why: "PostgreSQL refuses the DROP (2BP01), and the rollback stops there.",
  instead: `Drop what depends on an object before the object, in the reverse order of creation:

\`\`\`sql
DROP VIEW active_users;
DROP TABLE users;
\`\`\`

CASCADE also works, but drops things that the migration did not create.`,
  severity: "error",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts: "Dependencies as pg_depend records them (manual, 5.15 Dependency Tracking).",
  examples: {
    bad: [
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW active_users AS SELECT id FROM users;",
        down: "DROP TABLE users;\nDROP VIEW active_users;",
      },
      {
        up: "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;\nCREATE TABLE t (id int);\nCREATE TRIGGER t_touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();",
        down: "DROP FUNCTION touch();\nDROP TABLE t;",
      },
      {
        up: "CREATE TYPE state AS ENUM ('on', 'off');\nCREATE TABLE t (id int, state state);",
        down: "DROP TYPE state;\nDROP TABLE t;",
      },
      {
        before: "CREATE TABLE orders (id int, code varchar);",
        up: "ALTER TABLE orders ALTER COLUMN code TYPE text;\nCREATE VIEW codes AS SELECT code FROM orders;",
        down: "ALTER TABLE orders ALTER COLUMN code TYPE varchar;\nDROP VIEW codes;",
        note: "A column that a view reads keeps its type.",
      },
      {
        before: "CREATE TABLE orders (id int);",
        up: "CREATE TABLE log (id int);\nCREATE RULE log_orders AS ON INSERT TO orders DO ALSO INSERT INTO log VALUES (NEW.id);",
        down: "DROP TABLE log;\nDROP RULE log_orders ON orders;",
      },
      {
        up: "CREATE COLLATION german (provider = icu, locale = 'de');\nCREATE TABLE words (word text COLLATE german);",
        down: "DROP COLLATION german;\nDROP TABLE words;",
      },
      {
        up: "CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple);\nALTER TEXT SEARCH CONFIGURATION plain ALTER MAPPING FOR word WITH simple;\nCREATE TABLE docs (body text, words tsvector GENERATED ALWAYS AS (to_tsvector('plain', body)) STORED);",
        down: "DROP TEXT SEARCH CONFIGURATION plain;\nDROP TABLE docs;",
      },
      {
        before: "CREATE TABLE orders (id int);",
        up: "CREATE ROLE reader;\nGRANT SELECT ON orders TO reader;",
        down: "DROP ROLE reader;\nREVOKE SELECT ON orders FROM reader;",
      },
    ],
    good: [
      {
        up: "CREATE TYPE item AS (a int);\nCREATE TABLE items OF item;\nALTER TABLE items NOT OF;",
        down: "DROP TYPE item;\nDROP TABLE items;",
      },
      {
        before:
          "CREATE TABLE docs (id int, owner text);\nCREATE POLICY own ON docs USING (owner = current_user) WITH CHECK (id > 0);",
        up: "ALTER TABLE docs ADD COLUMN gone_at timestamptz;\nALTER POLICY own ON docs USING (owner = current_user AND gone_at IS NULL);",
        down: "ALTER POLICY own ON docs USING (owner = current_user);\nALTER TABLE docs DROP COLUMN gone_at;",
        note: "The policy no longer needs the column.",
      },
      {
        before: "CREATE TABLE orders (id int);",
        up: "CREATE ROLE reader;\nGRANT SELECT ON orders TO reader;",
        down: "REVOKE SELECT ON orders FROM reader;\nDROP ROLE reader;",
      },
      {
        up: "CREATE ROLE reader;\nALTER ROLE reader SET statement_timeout = '5s';",
        down: "DROP ROLE reader;",
        note: "Its settings go with it.",
      },
      {
        before: "CREATE TABLE orders (id int);\nCREATE PUBLICATION sales FOR TABLE orders;",
        up: "CREATE TABLE refunds (id int);\nALTER PUBLICATION sales ADD TABLE refunds;",
        down: "DROP TABLE refunds;",
        note: "A table leaves its publications when it is dropped.",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW active_users AS SELECT id FROM users;",
        down: "DROP VIEW active_users;\nDROP TABLE users;",
      },
      {
        up: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE posts (user_id bigint REFERENCES users);",
        down: "DROP TABLE users, posts;",
        note: "One DROP of several tables looks at them together.",
      },
    ],
  },
  directions: ["down"],
  check: { migration },
});

function migration(context: MigrationContext): void {
  const { down } = context;
  const found = downFailure(context);
  if (!down || found?.failure.reason !== "dependents") return;
  // What is in the way because its drop names something else is told where that name stands.
  const meant = new Set(mistypedDrops(context).map((it) => it.meant));
  if (found.failure.dependents.every(({ key }) => meant.has(key))) return;
  const { statement, failure } = found;
  const order = workingOrder(context, down, statement);
  const isType = changesType(statement, failure.key);
  const words = dependentsWords(statement, failure.key, failure.dependents);
  context.report(down.script, {
    ...words,
    start: statement.start,
    end: statement.end,
    ...(isType && { why: "PostgreSQL refuses it (0A000), and the rollback stops there." }),
    help: order
      ? `an order that works:\n${order.map((it) => `  ${oneLine(textOf(down, it))};`).join("\n")}`
      : (keepHelp(context, failure.key, isType) ??
        helpFor(
          context,
          failure.key,
          failure.dependents.map(({ key }) => key),
        )),
    ...(order && { fix: { title: "Put the down into an order that works", edits: reorder(down, order) } }),
  });
}

/** What was there before the up, and is not made anew by it, is not for the down to drop. */
function keepHelp(
  { catalog, start, up }: MigrationContext,
  dropped: ObjectKey,
  isType: boolean,
): string | undefined {
  if (isType || catalog.atSavepoint(start, dropped) === undefined || madeBy(up).has(dropped))
    return undefined;
  return `${describeKey(dropped)} was there before the up: the down is to leave it`;
}

/** More of them are no help at a glance. */
const mostDrops = 3;

/** What the up made and the down forgot; what was there before the up is not for the down to drop. */
function helpFor(
  { catalog, afterUp, up }: MigrationContext,
  dropped: ObjectKey,
  keys: readonly ObjectKey[],
): string {
  const made = madeBy(up);
  const isOurs = (key: ObjectKey) => made.has(key);
  let drops: readonly string[] | undefined;
  let detach: string | undefined;
  catalog.lookBack(afterUp, () => {
    detach = detachBefore(catalog, dropped, keys);
    // A table of the up goes as a whole, and not its foreign key alone.
    const wholes = keys.map((key) => {
      const parent = catalog.at(key)?.parent;
      return parent !== undefined && isOurs(parent) && parent !== dropped ? parent : key;
    });
    drops = wholes.every(isOurs) ? dropsBefore(catalog, dropped, wholes, isOurs) : undefined;
  });
  if (detach !== undefined) return `detach it before\n  ${detach}`;
  const [first = ""] = keys;
  if (!drops || drops.length > mostDrops)
    return dropped.startsWith("role ")
      ? "drop or give away what it owns, and revoke what it was granted, before"
      : isOurs(first)
        ? `drop ${describeKey(first)} first`
        : `undo first what the up did to ${describeKey(first)}`;
  return `drop before it what needs it\n${drops.map((drop) => `  ${drop}`).join("\n")}`;
}

/** A foreign key to the whole keeps a partition, but lets it be detached. */
function detachBefore(
  catalog: MigrationContext["catalog"],
  dropped: ObjectKey,
  keys: readonly ObjectKey[],
): string | undefined {
  const table = catalog.at(dropped);
  const references = referencesToWhole(catalog, dropped);
  if (!table || !keys.every((key) => references.includes(key))) return undefined;
  const [detach] = detachFirst(catalog, [table]);
  return detach && `${shorten(detach.sql)};`;
}

/** What a script makes, under the names that it has in the end; another name or schema makes nothing new. */
function madeBy(script: SimulatedScript | undefined): ReadonlySet<ObjectKey> {
  const made = new Set<ObjectKey>();
  for (const { outcome } of script?.steps ?? []) {
    for (const effect of outcome.effects) {
      if (effect.action === "create" && !effect.replaced) made.add(effect.key);
      if (effect.action === "rename" && made.delete(effect.key)) made.add(effect.to);
    }
  }
  return made;
}

/** Each statement's place takes the text of the one that belongs there; comments and white space between stay. */
function reorder(down: SimulatedScript, order: readonly Statement[]) {
  const places = down.steps.map(({ statement }) => statement);
  return places.flatMap((place, index) => {
    const statement = order[index];
    if (!statement || statement === place) return [];
    const { start, end } = place;
    return [
      { kind: "replace" as const, file: down.script.file.path, start, end, text: textOf(down, statement) },
    ];
  });
}

function textOf(down: SimulatedScript, statement: Statement): string {
  return down.parsed.text.slice(statement.start, statement.end);
}
