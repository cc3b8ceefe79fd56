import type { Config } from "#core/config/config.ts";
import type { Report } from "#core/report/model.ts";
import { isFailed } from "#core/report/verdict-words.ts";

/** `skipped`: the event has nothing to check. `error`: the run could not be made. */
export type Conclusion = "success" | "failure" | "skipped" | "error";

/** What a finished report means for the job. */
export function conclusionOf(
  { summary, roundTrips, unproved }: Report,
  { failOn, roundTrip }: Pick<Config, "failOn" | "roundTrip">,
): Conclusion {
  if (roundTrip === "required" && unproved !== undefined) return "failure";
  if (failOn === "never") return "success";
  const findings = summary.errors + (failOn === "warning" ? summary.warnings : 0);
  return findings > 0 || roundTrips.some(({ verdict }) => isFailed(verdict)) ? "failure" : "success";
}
