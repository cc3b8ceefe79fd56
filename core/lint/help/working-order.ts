import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogObject, ObjectKey } from "../../catalog/model.ts";
import type { Failure } from "../../catalog/simulate/outcome.ts";
import { Simulation } from "../../catalog/simulate/simulation.ts";
import type { Statement } from "../../sql/statement.ts";
import type { MigrationContext, SimulatedScript } from "../rule.ts";

/** Where more have to move, it is another order altogether. */
const mostMoves = 10;

/** The statements of a down in an order in which none fails, tried in the simulation; few are moved where that is enough. */
export function workingOrder(
  context: MigrationContext,
  down: SimulatedScript,
  failing: Statement,
): readonly Statement[] | undefined {
  return orderOfFewMoves(context, down, failing) ?? patientOrder(context, down);
}

/** The failing statement moved behind the ones that clear its way, and so each that fails then. */
function orderOfFewMoves(
  context: MigrationContext,
  down: SimulatedScript,
  failing: Statement,
): readonly Statement[] | undefined {
  let order = down.steps.map(({ statement }) => statement);
  let stuck: Statement | undefined = failing;
  for (let moves = 0; stuck && moves < Math.min(mostMoves, order.length); moves++) {
    const moved: Statement = stuck;
    const rest = order.filter((statement) => statement !== moved);
    const found = placeFor(context, down, rest, moved, order.indexOf(moved) + 1);
    if (!found) return undefined;
    order = [...rest.slice(0, found.place), moved, ...rest.slice(found.place)];
    stuck = found.failing;
  }
  return stuck ? undefined : order;
}

interface FoundPlace {
  /** How many of the rest stand before it. */
  readonly place: number;
  /** What fails after it, and may be moved in its turn. */
  readonly failing?: Statement;
}

/** The first place, from `from` on, where the statement works and all that comes after it; else the first where it works. */
function placeFor(
  context: MigrationContext,
  down: SimulatedScript,
  rest: readonly Statement[],
  moved: Statement,
  from: number,
): FoundPlace | undefined {
  const run = trialRun(context, down);
  if (rest.slice(0, from).some((statement) => run(statement))) return undefined;
  for (let place = from; place <= rest.length; place++) {
    if (!run(moved)) {
      const failing = rest.slice(place).find((statement) => run(statement));
      if (!failing) return { place };
      // What others stand in the way of does not get free by a later drop; what is missing may.
      const later =
        run(failing)?.reason === "dependents" ? undefined : placeFor(context, down, rest, moved, place + 1);
      return later && !later.failing ? later : { place, failing };
    }
    const next = rest[place];
    if (next && run(next)) return undefined;
  }
  return undefined;
}

/** Each statement that something stands in the way of waits until that is gone: others may have to move too. */
function patientOrder(context: MigrationContext, down: SimulatedScript): readonly Statement[] | undefined {
  const run = trialRun(context, down);
  const order: Statement[] = [];
  let waiting: Statement[] = [];
  let isHopeless = false;
  const isDone = (statement: Statement) => {
    const failure = run(statement);
    isHopeless ||= failure !== undefined && failure.reason !== "dependents";
    if (!failure) order.push(statement);
    return failure === undefined;
  };
  for (const { statement } of down.steps) {
    if (isHopeless) return undefined;
    if (!isDone(statement)) {
      waiting.push(statement);
      continue;
    }
    for (let before = Number.POSITIVE_INFINITY; waiting.length < before && !isHopeless; ) {
      before = waiting.length;
      waiting = waiting.filter((it) => isHopeless || !isDone(it));
    }
  }
  return isHopeless || waiting.length > 0 ? undefined : order;
}

/** Runs statements of the down, in any order, on a copy of the catalog as the up leaves it, and says what stops each. */
function trialRun(
  { catalog, afterUp, postgres }: MigrationContext,
  down: SimulatedScript,
): (statement: Statement) => Failure | undefined {
  let copy: Catalog | undefined;
  catalog.lookBack(afterUp, () => {
    copy = catalog.clone();
  });
  const simulation = new Simulation(copy ?? catalog.clone(), { postgres });
  simulation.beginScript(down.script, down.steps.length);
  const origin = { migration: "", file: down.script.file.path, start: 0, end: 0 };
  const stopped = new Map<Statement, { readonly failure: Failure; readonly blocker: Blocker }>();
  return (statement) => {
    const before = stopped.get(statement);
    if (before && isStill(simulation.catalog, before.blocker)) return before.failure;
    const { failure } = simulation.apply(down.parsed, statement, origin);
    const [first] = failure?.reason === "dependents" ? failure.dependents : [];
    const there = first && simulation.catalog.at(first.key);
    if (failure && first && there) stopped.set(statement, { failure, blocker: { key: first.key, there } });
    else stopped.delete(statement);
    return failure;
  };
}

/** An object that a statement waits for to go. While it is the very same, there is no need to try again. */
interface Blocker {
  readonly key: ObjectKey;
  readonly there: CatalogObject;
}

function isStill(catalog: Catalog, { key, there }: Blocker): boolean {
  return catalog.at(key) === there;
}
