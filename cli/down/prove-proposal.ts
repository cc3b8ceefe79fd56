import type { Migration, Script, SourceFile } from "#core/migration/model.ts";
import { EngineUnavailableError } from "#core/postgres/session.ts";
import { isFailed, phaseWords, verdictWords } from "#core/report/verdict-words.ts";
import { proveMigrations } from "#core/roundtrip/prove-migrations.ts";
import { type CannotRun, cannotRun } from "../cannot-run.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { print } from "../write-output.ts";
import type { EngineAtHand } from "./engine-at-hand.ts";
import type { Proposal } from "./proposal.ts";

/** Runs the up, the proposed down and the up again, behind the ups before it. */
export async function proveProposal(
  { target, reading, migration, proposed }: Proposal,
  engine: EngineAtHand,
  prelude: SourceFile | undefined,
): Promise<ExitCode | CannotRun> {
  try {
    const run = proveMigrations({
      migrations: reading.migrations.map((it) => (it === migration ? withDown(it, proposed.text) : it)),
      layout: target.layout.name,
      engine: await engine.current(),
      reopen: engine.reopen,
      prelude,
      timeoutMs: target.config.timeout * 1000,
      only: new Set([migration.name]),
      signal: engine.signal,
    });
    const { value, done } = await run.next();
    if (done) return cannotRun(`the prelude fails: ${value?.message ?? "nothing was proved"}`);
    await run.return(undefined);
    const failures = value.phases.flatMap(({ phase, error, changes }) => [
      ...(error
        ? [`  ${phaseWords(phase)}: ${[error.sqlstate, error.message].filter(Boolean).join(" ")}\n`]
        : []),
      ...changes.map(({ words }) => `  ${words}\n`),
    ]);
    const { postgres, name } = await engine.current();
    const server = `PostgreSQL ${postgres} (${name})`;
    const [failed, words] = [isFailed(value.verdict), verdictWords(value)];
    const said = failed ? `does not hold on ${server}: ${words}` : `is ${words} on ${server}`;
    await print(process.stderr, `the proposal for ${migration.name} ${said}\n${failures.join("")}`);
    return failed ? exitCodes.findings : exitCodes.clean;
  } catch (error) {
    if (error instanceof EngineUnavailableError) return cannotRun(error.message);
    throw error;
  }
}

/** What the up declares about itself must not end the proof before the proposal was tried. */
function withDown(migration: Migration, text: string): Migration {
  const { up } = migration;
  if (!up) return migration;
  const down: Script = {
    direction: "down",
    file: { path: `${migration.name} (proposed down)`, text, bom: false },
    start: 0,
    end: text.length,
    execution: up.execution,
  };
  return { ...migration, down, declarations: {} };
}
