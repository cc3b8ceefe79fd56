import type { Change } from "../../report/model.ts";
import type { MigrationContext } from "../rule.ts";
import { secondUp } from "./second-up.ts";
import { isDoubtful } from "./sure-failure.ts";

/** An extension may stay, as long as the up says IF NOT EXISTS. */
export function extensionLeft(context: MigrationContext, changes: readonly Change[]): Change | undefined {
  const left = changes.filter(({ kind, before }) => kind === "extension" && before === null);
  const failure = left.length > 0 ? secondUp(context)?.failure : undefined;
  if (failure?.reason !== "exists" || isDoubtful(context, failure.key)) return undefined;
  return left.find(({ kind, object }) => failure.key === `${kind} ${object}`);
}
