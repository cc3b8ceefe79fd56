import type { Change } from "../../report/model.ts";
import type { MigrationContext } from "../rule.ts";
import { secondUp } from "./second-up.ts";
import { isDoubtful } from "./sure-failure.ts";

/** An extension or a role may stay, as long as the up does not make it twice. */
export function madeOnce(context: MigrationContext, changes: readonly Change[]): Change | undefined {
  const left = changes.filter((change) => change.before === null && change.class === "benign");
  const failure = left.length > 0 ? secondUp(context)?.failure : undefined;
  if (failure?.reason !== "exists" || isDoubtful(context, failure.key)) return undefined;
  return left.find(({ kind, object }) => failure.key === `${kind} ${object}`);
}
