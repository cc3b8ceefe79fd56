import { describeKey } from "../../catalog/key-parts.ts";
import type { ObjectKey } from "../../catalog/model.ts";
import type { Failure } from "../../catalog/simulate/outcome.ts";
import type { Report } from "../rule.ts";

/**
 * What is said of the statement that stops a script. `meantBy`: what a name that is not there was probably to be. `takenBy`:
 * the statement before it that took the object along.
 */
export function failureWords(
  script: "up" | "down",
  failure: Failure,
  meantBy: (key: ObjectKey) => ObjectKey | undefined,
  takenBy: (key: ObjectKey) => string | undefined = () => undefined,
): Pick<Report, "message" | "help"> {
  const stops = `the ${script} stops here`;
  if (failure.reason === "refused") return { message: `${stops}: ${failure.why}`, help: failure.help };
  const object = describeKey(failure.key);
  if (failure.reason !== "missing") return { message: `${stops}: ${object} exists already` };
  const taken = takenBy(failure.key);
  const meant = taken === undefined ? meantBy(failure.key) : undefined;
  return {
    message: `${stops}: ${object} does not exist${script === "down" ? " by then" : ""}`,
    ...(taken !== undefined && { help: `leave it out: this took it along\n  ${taken};` }),
    ...(meant !== undefined && { help: `did you mean ${describeKey(meant)}?` }),
  };
}
