import type { Simulation } from "../catalog/simulate/simulation.ts";
import type { Migration, Script } from "../migration/model.ts";
import { foreignMark } from "../sql/foreign-sql.ts";
import { parseAround } from "../sql/parse-around.ts";
import type { ParsedSql, Statement } from "../sql/statement.ts";
import type { Report, SimulatedScript } from "./rule.ts";
import type { ActiveRule } from "./select-rules.ts";
import type { StatementRules } from "./statement-rules.ts";
import { showToRules } from "./statement-view.ts";
import { transactionStates } from "./transaction-state.ts";

export interface ScriptRun {
  readonly migration: Migration;
  readonly script: Script;
  /** The script, parsed. */
  readonly parsed: ParsedSql;
  readonly postgres: number;
  /** Rules that look at this script's statements; absent for a script that is not reported on. */
  readonly rules: StatementRules | undefined;
  /** Shows the rules what stands around a broken statement, too. */
  readonly aroundErrors?: boolean | undefined;
  readonly isNew: (origin: string) => boolean;
  report(rule: ActiveRule, statement: Statement, report: Report): void;
}

/** Runs a script in the simulation, and shows each statement to the rules. */
export function runScript(simulation: Simulation, run: ScriptRun): SimulatedScript {
  const { migration, script, parsed } = run;
  const statements = parsed.problem ? parseAround(parsed) : parsed.statements;
  const { problem } = parsed;
  const around = problem ? { ...parsed, statements } : parsed;
  const rules = !problem || isJudged(run) ? run.rules : undefined;
  const transactionOf = transactionStates(statements, script.execution);
  const scriptStart = simulation.catalog.savepoint();
  const steps: SimulatedScript["steps"][number][] = [];
  simulation.beginScript(script, statements.length);
  for (const statement of statements) {
    const before = simulation.catalog.savepoint();
    const outcome = simulation.apply(parsed, statement, {
      migration: migration.name,
      file: script.file.path,
      start: statement.start,
      end: statement.end,
    });
    const transaction = transactionOf(statement);
    const interested = rules?.(script.direction, statement.kind) ?? [];
    if (interested.length > 0) {
      const subject = {
        migration,
        script,
        parsed: around,
        statement,
        outcome,
        simulation,
        before,
        scriptStart,
        transaction,
        earlier: steps,
        postgres: run.postgres,
        isNew: run.isNew,
        followsBroken: problem !== undefined && problem.start < statement.start,
      };
      showToRules(subject, interested, (active, { fix, ...report }) =>
        // How a script is to be mended cannot be known before it is whole.
        run.report(active, statement, fix && !problem ? { ...report, fix } : report),
      );
    }
    steps.push({ statement, outcome, transaction, before });
  }
  simulation.endScript();
  const notAnalysed = steps.flatMap(({ outcome }) => outcome.notAnalysed ?? []);
  return { script, parsed, steps, notAnalysed };
}

/** What PostgreSQL would refuse as a whole is simulated for the migrations after it, and judged only as broken. */
function isJudged({ aroundErrors, parsed }: ScriptRun): boolean {
  // Of what is no PostgreSQL at all there is nothing to say, although some of it parses.
  return aroundErrors === true && foreignMark(parsed.text) === undefined;
}
