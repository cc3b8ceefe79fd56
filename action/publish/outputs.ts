import { setOutput } from "@actions/core";
import type { Report } from "#core/report/model.ts";
import type { Conclusion } from "../conclusion.ts";

const collisionRules = ["duplicate-on-base", "duplicate-with-pull"];

export interface OutputFiles {
  readonly report?: string;
  readonly sarif?: string;
}

/** The outputs of `action.yml`. */
export function publishOutputs(
  conclusion: Conclusion,
  report: Report | undefined,
  { report: reportFile = "", sarif = "" }: OutputFiles,
): void {
  const { errors = 0, warnings = 0 } = report?.summary ?? {};
  setOutput("conclusion", conclusion);
  setOutput("error-count", errors);
  setOutput("warning-count", warnings);
  setOutput("changed-migrations", JSON.stringify(report?.migrations.map(({ name }) => name) ?? []));
  setOutput("collisions", report?.findings.filter(({ rule }) => collisionRules.includes(rule)).length ?? 0);
  setOutput("round-trips", report?.roundTrips.length ?? 0);
  setOutput("report-file", reportFile);
  setOutput("sarif-file", sarif);
}
