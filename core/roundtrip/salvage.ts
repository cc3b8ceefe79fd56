import type { Script } from "../migration/model.ts";
import { EngineLostError } from "../postgres/session.ts";
import { type Limits, runText } from "./run-script.ts";
import { scriptStatements } from "./script-statements.ts";
import type { Stage } from "./stage.ts";

/**
 * After a script failed as a whole: its statements one by one, as many as work, so that later migrations find as much
 * as possible of what they build on. Rejects with `EngineLostError` when a statement takes the server with it.
 */
export async function salvage(stage: Stage, script: Script, limits: Limits): Promise<void> {
  const statements = scriptStatements(script);
  if (statements.length < 2) return;
  stage.touched();
  const deadline = performance.now() + limits.timeoutMs;
  for (const { start, end } of statements) {
    const timeoutMs = deadline - performance.now();
    if (timeoutMs <= 0) break;
    await runText(stage.session, script.file.text.slice(start, end), { ...limits, timeoutMs });
    if (!(await stage.revive()))
      throw new EngineLostError("lost while a failed migration was applied in parts");
  }
  await stage.clean(script);
}
