import { dropStatement } from "../../catalog/drop-statement.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { plainName } from "../../catalog/plain-name.ts";
import { Simulation } from "../../catalog/simulate/simulation.ts";
import { oneLine } from "../../sql/one-line.ts";
import type { Statement } from "../../sql/statement.ts";
import { downFailure } from "../down-failure.ts";
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
    ],
    good: [
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
  const { statement, failure } = found;
  const [first, ...others] = failure.dependents;
  if (!first) return;
  const dropped = describe(failure.key);
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  const order = workingOrder(context, down, statement);
  context.report(down.script, {
    start: statement.start,
    end: statement.end,
    message: `${dropped} cannot be dropped here: ${describe(first.key)}${more} still depends on it`,
    label: `${describe(first.key)} needs it`,
    help: order
      ? `an order that works:\n${order.map((it) => `  ${oneLine(textOf(down, it))};`).join("\n")}`
      : dropsBefore(
          context,
          failure.dependents.map(({ key }) => key),
        ),
    ...(order && { fix: { title: "Put the down into an order that works", edits: reorder(down, order) } }),
  });
}

/** More of them are no help at a glance. */
const mostDrops = 3;

/** What the up made and the down forgot; what was there before the up is not for the down to drop. */
function dropsBefore({ catalog, start, afterUp }: MigrationContext, keys: readonly ObjectKey[]): string {
  const drops = keys.map((key) => {
    const object = catalog.atSavepoint(start, key) ? undefined : catalog.atSavepoint(afterUp, key);
    return object && dropStatement(object);
  });
  const [first = ""] = keys;
  if (drops.length > mostDrops || drops.includes(undefined)) return `drop ${describe(first)} first`;
  return `drop before it what needs it\n${drops.map((drop) => `  ${drop}`).join("\n")}`;
}

function describe(key: ObjectKey): string {
  const match = /^(materialized view|event trigger|default privileges|[^ ]+) (.*)$/.exec(key);
  return match ? `${match[1]} ${plainName(match[2] ?? "")}` : key;
}

/** The failing statement moved behind the ones that clear its way, tried in the simulation. */
function workingOrder(
  context: MigrationContext,
  down: SimulatedScript,
  failing: Statement,
): readonly Statement[] | undefined {
  let order = down.steps.map(({ statement }) => statement);
  let stuck: Statement | undefined = failing;
  for (let moves = 0; stuck && moves < order.length; moves++) {
    const rest: Statement[] = order.filter((statement) => statement !== stuck);
    const place = firstPlaceThatWorks(context, down, rest, stuck, order.indexOf(stuck));
    if (place === undefined) return undefined;
    order = [...rest.slice(0, place), stuck, ...rest.slice(place)];
    stuck = firstFailing(context, down, order);
  }
  return stuck ? undefined : order;
}

function firstPlaceThatWorks(
  context: MigrationContext,
  down: SimulatedScript,
  rest: readonly Statement[],
  moved: Statement,
  from: number,
): number | undefined {
  for (let place = from + 1; place <= rest.length; place++) {
    const candidate = [...rest.slice(0, place), moved, ...rest.slice(place)];
    const failing = firstFailing(context, down, candidate);
    if (!failing || (failing !== moved && candidate.indexOf(failing) > place)) return place;
  }
  return undefined;
}

function firstFailing(
  context: MigrationContext,
  down: SimulatedScript,
  order: readonly Statement[],
): Statement | undefined {
  let failing: Statement | undefined;
  context.catalog.lookBack(context.afterUp, () => {
    const simulation = new Simulation(context.catalog.clone(), { postgres: context.postgres });
    simulation.beginScript(down.script, order.length);
    const { file, start, end } = { file: down.script.file.path, start: 0, end: 0 };
    for (const statement of order) {
      const outcome = simulation.apply(down.parsed, statement, { migration: "", file, start, end });
      if (outcome.failure) {
        failing = statement;
        break;
      }
    }
  });
  return failing;
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
