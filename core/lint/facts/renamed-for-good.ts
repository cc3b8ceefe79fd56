import { kindIn, nameIn } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import { lastPart } from "../../catalog/quote-identifier.ts";
import { schemaOf } from "../../catalog/schema-of.ts";
import type { Change } from "../../report/model.ts";
import { notAgain } from "../../report/verdict-words.ts";
import type { MigrationContext } from "../rule.ts";
import { type SecondUp, secondUp } from "./second-up.ts";
import { isDoubtful } from "./sure-failure.ts";

export interface RenamedForGood {
  readonly change: Change;
  /** What comes of it, as the end of a sentence. */
  readonly effect: string;
}

/** A constraint or index under another name does no harm, unless the up asks for the old name or makes the new one. */
export function renamedForGood(
  context: MigrationContext,
  changes: readonly Change[],
): RenamedForGood | undefined {
  const renamed = changes.filter((change) => change.class === "rename-only");
  const again = renamed.length > 0 ? secondUp(context) : undefined;
  if (!again) return undefined;
  for (const change of renamed) {
    const effect = effectOn(context, change, again);
    if (effect !== undefined) return { change, effect };
  }
  return undefined;
}

/** What the second up makes of an object that has another name by then. */
function effectOn(
  context: MigrationContext,
  change: Change,
  { failure, catalog }: SecondUp,
): string | undefined {
  const { kind, object } = change;
  const after = [...context.catalog.since(context.start).keys()].filter((key) => isNew(context, kind, key));
  if (failure) {
    if (isDoubtful(context, failure.key)) return undefined;
    const isCause =
      failure.reason === "missing"
        ? namesInUp(context, object).some((name) => isNamed(failure.key, kind, name))
        : failure.reason === "exists" && after.some((key) => isNamed(failure.key, kind, nameIn(key)));
    return isCause ? notAgain : undefined;
  }
  const parent = context.catalog.atSavepoint(context.start, `${kind} ${object}`)?.parent;
  const stays = after.some(
    (key) =>
      catalog.at(key)?.parent === parent && context.catalog.atSavepoint(context.afterUp, key) === undefined,
  );
  return stays && !isDoubtful(context, `${kind} ${object}`)
    ? "so the up, run again, leaves it there"
    : undefined;
}

/** What the up may call an object that it does not rename itself: the schema or the table before it may have another name by then. */
function namesInUp({ up }: MigrationContext, object: string): string[] {
  const names = [object];
  for (const effect of (up?.steps ?? []).flatMap(({ outcome }) => outcome.effects)) {
    if (effect.action !== "rename") continue;
    const [from, to] = [`${nameIn(effect.key)}.`, `${nameIn(effect.to)}.`];
    names.push(...names.filter((name) => name.startsWith(from)).map((name) => to + name.slice(from.length)));
  }
  return names;
}

/** A constraint and its index have one name, and a statement may call it by either. */
function isNamed(key: ObjectKey, kind: string, name: string): boolean {
  if (key === `${kind} ${name}`) return true;
  return (
    kind === "constraint" &&
    kindIn(key) === "index" &&
    schemaOf({ name: nameIn(key) }) === schemaOf({ name }) &&
    lastPart(key) === lastPart(name)
  );
}

function isNew({ catalog, start }: MigrationContext, kind: string, key: ObjectKey): boolean {
  return catalog.at(key)?.kind === kind && catalog.atSavepoint(start, key) === undefined;
}
