import type { CatalogObject } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { placeOfCommand } from "../facts/command-place.ts";
import { defineRule, type UpContext } from "../rule.ts";

export const sequenceStaysInteger = defineRule({
  name: "sequence-stays-integer",
  summary: "A column becomes bigint, and the sequence behind it still ends where integer ends.",
  why: "The column was widened so that numbers do not run out, and they run out all the same: nextval fails with 2200H at 2147483647, and with it every INSERT.",
  instead: `Widen the sequence too, which writes nothing anew:

\`\`\`sql
ALTER TABLE orders ALTER COLUMN id TYPE bigint;
ALTER SEQUENCE orders_id_seq AS bigint;
\`\`\``,
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  facts:
    "Since 10 a sequence has a type, and serial makes one AS integer; before, all of them counted to the end of bigint. ALTER COLUMN TYPE changes the sequence of an identity column with it, and leaves that of a default as it is (manual, ALTER SEQUENCE, 8.1.4; each is tried on a server by the tests).",
  examples: {
    bad: [
      {
        before: "CREATE TABLE orders (id serial PRIMARY KEY);",
        up: "ALTER TABLE orders ALTER COLUMN id TYPE bigint;",
        down: "ALTER TABLE orders ALTER COLUMN id TYPE integer;",
      },
      {
        before: "CREATE TABLE orders (id serial PRIMARY KEY);",
        up: "ALTER TABLE orders ADD COLUMN id_new bigint NOT NULL DEFAULT nextval('orders_id_seq');",
        down: "ALTER TABLE orders DROP COLUMN id_new;",
        note: "The new column takes over the old sequence.",
      },
    ],
    good: [
      {
        before: "CREATE TABLE orders (id serial PRIMARY KEY);",
        up: "ALTER TABLE orders ALTER COLUMN id TYPE bigint;\nALTER SEQUENCE orders_id_seq AS bigint;",
        down: "ALTER SEQUENCE orders_id_seq AS integer;\nALTER TABLE orders ALTER COLUMN id TYPE integer;",
      },
      {
        before: "CREATE TABLE orders (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);",
        up: "ALTER TABLE orders ALTER COLUMN id TYPE bigint;",
        down: "ALTER TABLE orders ALTER COLUMN id TYPE integer;",
        note: "The sequence of an identity column follows.",
      },
      {
        postgres: 9,
        before: "CREATE TABLE orders (id serial PRIMARY KEY);",
        up: "ALTER TABLE orders ALTER COLUMN id TYPE bigint;",
        down: "ALTER TABLE orders ALTER COLUMN id TYPE integer;",
        note: "Before 10 every sequence counts as far as bigint.",
      },
      {
        before: "CREATE TABLE orders (id serial PRIMARY KEY);",
        up: "ALTER TABLE orders ALTER COLUMN id TYPE numeric;",
        down: "ALTER TABLE orders ALTER COLUMN id TYPE integer;",
        note: "Nobody widened it for more numbers.",
      },
      {
        before: "CREATE TABLE orders (id serial PRIMARY KEY);",
        up: "ALTER TABLE orders ALTER COLUMN id DROP DEFAULT;\nALTER TABLE orders ALTER COLUMN id TYPE bigint;",
        down: "ALTER TABLE orders ALTER COLUMN id TYPE integer;\nALTER TABLE orders ALTER COLUMN id SET DEFAULT nextval('orders_id_seq');",
        note: "It takes its numbers from elsewhere.",
      },
    ],
  },
  check: { afterUp },
});

function afterUp(context: UpContext): void {
  const { up, catalog, start, postgres, report } = context;
  if (postgres < 10) return;
  const told = new Set<string>();
  for (const { statement, outcome } of up.steps) {
    for (const { key } of outcome.effects) {
      const column = key.startsWith("column ") ? catalog.at(key) : undefined;
      if (column?.kind !== "column" || told.has(key)) continue;
      const sequence = narrowSequence(context, column);
      const before = catalog.atSavepoint(start, key);
      // It was so before.
      if (!sequence || (before?.kind === "column" && narrowSequence(context, before))) continue;
      told.add(key);
      const [name, of] = [plainName(sequence.name), plainName(column.name)];
      report(up.script, {
        ...placeOfCommand(
          up.parsed,
          statement,
          (command) => command.subtype === "AT_AlterColumnType" && command.name === lastPart(column.name),
        ),
        message: `${of} is bigint now, but its numbers come from ${name}, which is ${sequence.attributes.type} and ends at ${sequence.attributes.max}`,
        label: "INSERT fails there with 2200H",
        help: `let it count on\n  ALTER SEQUENCE ${name} AS bigint;`,
      });
    }
  }
}

/** The sequence that ends before its bigint column does. */
function narrowSequence(
  { catalog, isUncertain, isAssumed }: UpContext,
  { attributes, dependsOn }: CatalogObject<"column">,
): CatalogObject<"sequence"> | undefined {
  // Partitions and heirs take theirs from the whole, of which it is said.
  if (attributes.type !== "bigint" || attributes.inherited || !attributes.default?.startsWith("nextval("))
    return undefined;
  for (const { on, part } of dependsOn) {
    const sequence = part === "default" && !isUncertain(on) && !isAssumed(on) ? catalog.at(on) : undefined;
    if (sequence?.kind === "sequence" && narrow.has(sequence.attributes.type)) return sequence;
  }
  return undefined;
}

const narrow: ReadonlySet<string> = new Set(["smallint", "integer"]);
