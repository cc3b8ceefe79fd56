import type { ObjectKey } from "../catalog/model.ts";
import type { Outcome } from "../catalog/simulate/outcome.ts";
import type { Change } from "../report/model.ts";
import type { MigrationContext, Report, SimulatedScript } from "./rule.ts";

/** The statement to which a change is put down. */
export interface Place {
  readonly script: SimulatedScript;
  readonly at: Pick<Report, "start" | "end" | "label">;
}

const verbs: Readonly<Record<string, string>> = {
  create: "created here",
  alter: "changed here",
  drop: "dropped here",
  rename: "renamed here",
};

/** The statement that explains the change: what made a left object, what took a missing one. */
export function placeOf(context: MigrationContext, change: Change): Place {
  const key = `${change.kind} ${change.object}`;
  const scripts = [context.up, context.down].filter((script) => script !== undefined);
  for (const script of scripts) {
    for (const { statement, outcome } of script.steps) {
      const effect = touching(outcome, key);
      if (effect) {
        const { start, end } = statement;
        return { script, at: { start, end, label: verbs[effect] ?? "changed here" } };
      }
    }
  }
  const script = context.down ?? (scripts[0] as SimulatedScript);
  const first = script.steps[0]?.statement;
  return { script, at: first ? { start: first.start, end: first.end } : {} };
}

function touching(outcome: Outcome, key: ObjectKey): string | undefined {
  for (const effect of outcome.effects) {
    if (effect.action === "write") continue;
    if (effect.key === key || (effect.action === "rename" && effect.to === key)) return effect.action;
  }
  return undefined;
}
