import { nearestName } from "#core/config/nearest-name.ts";
import { everyRule } from "#core/every-rule.ts";
import { findSqlState, looksLikeSqlState } from "#core/sqlstate/find-sql-state.ts";
import { type CannotRun, cannotRun } from "../cannot-run.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { ruleText } from "../explain/rule-text.ts";
import { sqlStateText } from "../explain/sql-state-text.ts";
import { type Screen, screenOf } from "../screen.ts";
import { print } from "../write-output.ts";

/** `switchback explain <rule | SQLSTATE>`: the page of the documentation, in the terminal. */
export async function explain(name: string): Promise<ExitCode | CannotRun> {
  const screen = screenOf(process.stdout, process.env);
  const text = looksLikeSqlState(name) ? aboutSqlState(name, screen) : aboutRule(name, screen);
  if (typeof text !== "string") return text;
  await print(process.stdout, text);
  return exitCodes.clean;
}

function aboutSqlState(code: string, screen: Screen): string | CannotRun {
  const state = findSqlState(code);
  if (state) return sqlStateText(state, screen);
  return cannotRun(
    `${code} is not an SQLSTATE that migrations usually meet: appendix A of the PostgreSQL manual lists them all`,
  );
}

function aboutRule(name: string, screen: Screen): string | CannotRun {
  const rule = everyRule.find((candidate) => candidate.name === name);
  if (rule) return ruleText(rule, screen);
  const nearest = nearestName(
    name,
    everyRule.map((candidate) => candidate.name),
  );
  const within = everyRule.flatMap((rule) => (rule.name.split("-").includes(name) ? [rule.name] : []));
  const guess =
    within.length > 0
      ? `${name} is a word of ${within.join(", ")}`
      : nearest
        ? `did you mean ${nearest}?`
        : /^\d/.test(name)
          ? "an SQLSTATE has five letters and digits, such as 42P01"
          : "switchback rules lists them all";
  return cannotRun(`there is no rule "${name}": ${guess}`);
}
