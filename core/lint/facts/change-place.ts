import type { Savepoint } from "../../catalog/catalog.ts";
import { differingAttributes } from "../../catalog/differing-attributes.ts";
import { kindIn, nameIn } from "../../catalog/key-parts.ts";
import { type CatalogObject, keyOf, type ObjectKey } from "../../catalog/model.ts";
import { lastPart, quoteIdentifier } from "../../catalog/quote-identifier.ts";
import { schemaOf } from "../../catalog/schema-of.ts";
import type { Effect } from "../../catalog/simulate/outcome.ts";
import type { Change } from "../../report/model.ts";
import type { MigrationContext, Report, ScriptStep, SimulatedScript } from "../rule.ts";
import { type EffectOn, effectsOn, renamesAmong } from "./effects-on.ts";

/** The statement to which a change is put down. */
export interface Place {
  readonly script: SimulatedScript;
  readonly at: Pick<Report, "start" | "end" | "label">;
  /** It was dropped, and this statement of the down makes it, or its table, anew. */
  readonly isRemade?: true;
}

const verbs: Readonly<Record<string, string>> = {
  create: "created here",
  alter: "changed here",
  drop: "dropped here",
  rename: "renamed here",
};

interface Touch {
  readonly script: SimulatedScript;
  readonly step: ScriptStep;
  /** Of the step in its script, 0-based. */
  readonly place: number;
  readonly action: Effect["action"];
  readonly key: ObjectKey;
  readonly isReplaced: boolean;
}

/** The statement that explains the change: what made a left object, what took a missing one, what made it another one. */
export function placeOf(context: MigrationContext, change: Change): Place {
  const key = `${change.kind} ${change.object}`;
  const scripts = [context.up, context.down].filter((script) => script !== undefined);
  const names = [...namesOf(key, scripts)];
  const own = scripts.flatMap((script) =>
    touchesOf(
      script,
      names.flatMap((name) => effectsOn(script.steps, name)),
    ),
  );
  // Its table may have had another name by then.
  const touches =
    own.length > 0
      ? own
      : scripts.flatMap((script) =>
          touchesOf(
            script,
            renamesAmong(script.steps).filter(({ effect }) => isNamesake(effect.key, key)),
          ),
        );
  const cause = touches.length > 1 ? causeOf(context, change, names, touches) : touches[0];
  const again = cause && madeAnew(context, key, cause);
  if (again) return again;
  if (cause) {
    const { start, end } = cause.step.statement;
    const label = cause.isReplaced ? "replaced here" : (verbs[cause.action] ?? "changed here");
    return { script: cause.script, at: { start, end, label } };
  }
  const script = context.down ?? (scripts[0] as SimulatedScript);
  const first = script.steps[0]?.statement;
  return { script, at: first ? { start: first.start, end: first.end } : {} };
}

/** Of each step the first effect; rows that are written are no change of the object. */
function touchesOf(script: SimulatedScript, effects: readonly EffectOn[]): Touch[] {
  const touches = new Map<number, Touch>();
  for (const { effect, step: place } of [...effects].sort((a, b) => a.order - b.order)) {
    const step = script.steps[place];
    if (!step || effect.action === "write" || touches.has(place)) continue;
    const isReplaced = effect.action === "create" && effect.replaced === true;
    touches.set(place, { script, step, place, action: effect.action, key: effect.key, isReplaced });
  }
  return [...touches.values()];
}

/** What was dropped is made anew by one statement of the down: that one is to be mended, whatever it forgot. */
function madeAnew(
  { catalog, start, up, down }: MigrationContext,
  key: ObjectKey,
  cause: Touch,
): Place | undefined {
  if (!down || (cause.action !== "drop" && cause.script === up)) return undefined;
  const keys = [key, catalog.atSavepoint(start, key)?.parent, indexOf(key)];
  const place = Math.max(
    ...keys.flatMap((it) =>
      it === undefined
        ? []
        : effectsOn(down.steps, it).flatMap(({ effect, step }) =>
            effect.action === "create" && !effect.replaced ? [step] : [],
          ),
    ),
  );
  const step = down.steps[place];
  if (!step) return undefined;
  // Of what came after it, and of what was never there before, it is not to blame.
  const isLater = cause.script === down && cause.place > place;
  if (isLater || keys.every((it) => it === undefined || !catalog.atSavepoint(start, it))) return undefined;
  const { start: from, end } = step.statement;
  return { script: down, at: { start: from, end, label: "made again here" }, isRemade: true };
}

/** The index that a constraint has is made anew without it where somebody took the one for the other. */
function indexOf(key: ObjectKey): ObjectKey | undefined {
  if (kindIn(key) !== "constraint") return undefined;
  return keyOf("index", `${schemaOf({ name: nameIn(key) })}.${quoteIdentifier(lastPart(key))}`);
}

/** What the object is called in between, too. */
function namesOf(key: ObjectKey, scripts: readonly SimulatedScript[]): ReadonlySet<ObjectKey> {
  const names = new Set([key]);
  for (const { steps } of scripts)
    for (const { effect } of renamesAmong(steps))
      if (effect.action === "rename" && (names.has(effect.key) || names.has(effect.to)))
        names.add(effect.key).add(effect.to);
  return names;
}

function isNamesake(one: ObjectKey, other: ObjectKey): boolean {
  return kindIn(one) === kindIn(other) && lastPart(one) === lastPart(other);
}

/** Of several statements the last one after which the object differed as it does in the end. */
function causeOf(
  { catalog, start }: MigrationContext,
  change: Change,
  names: readonly ObjectKey[],
  touches: readonly Touch[],
): Touch | undefined {
  const [first] = touches;
  // What the up took is one cause, however the down makes its parts again.
  if (first?.action === "drop" && first.key === names[0]) return first;
  const stateAt = (savepoint: Savepoint) =>
    names.map((name) => catalog.atSavepoint(savepoint, name)).find((object) => object !== undefined);
  const was = stateAt(start);
  // By then its other names may be somebody else's.
  const is = change.after === null ? undefined : stateAt(catalog.savepoint());
  const attributes = was && is ? differingAttributes(was, is) : [];
  const isFinal = (object: CatalogObject | undefined) =>
    object && is ? !differingAttributes(object, is).some((name) => attributes.includes(name)) : object === is;
  const cause = touches.findLastIndex(({ step }) => !isFinal(stateAt(step.before)));
  return touches[cause] ?? first;
}
