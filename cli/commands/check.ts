import { check } from "#core/check.ts";
import type { CheckInput } from "#core/check-input.ts";
import type { Config } from "#core/config/config.ts";
import type { CheckCommand } from "#core/config/options.ts";
import { decode } from "#core/migration/decode.ts";
import type { PullProgress } from "#core/postgres/docker/pull-progress.ts";
import { type EngineWish, judgesByServer } from "#core/postgres/wanted-engine.ts";
import { compileLess } from "#core/sql/compile-less.ts";
import { loadParser } from "#core/sql/parse.ts";
import { type CannotRun, cannotRun, isCannotRun } from "../cannot-run.ts";
import { commandOfRun } from "../command-of-run.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "../exit-codes.ts";
import { type Format, render } from "../formats.ts";
import type { Flags } from "../grammar/request.ts";
import { checkConfig } from "../input/check-config.ts";
import { checkInput } from "../input/check-input.ts";
import { contradiction } from "../input/contradiction.ts";
import { tellIdleOverrides } from "../input/tell-idle-overrides.ts";
import { wantedTarget } from "../input/wanted-target.ts";
import { withPlainMoves } from "../input/with-plain-moves.ts";
import { interruption } from "../interrupt.ts";
import { type ProgressLine, progressLine } from "../progress-line.ts";
import { screenOf } from "../screen.ts";
import { withoutCommands } from "../without-commands.ts";
import { print, writeOutput } from "../write-output.ts";

interface CheckRequest {
  readonly command: CheckCommand;
  readonly paths: readonly string[];
  readonly flags: Flags;
}

/** `check`, `lint` and `roundtrip`: one run over one folder, with or without each half. */
export async function runCheck({ command, paths, flags }: CheckRequest): Promise<ExitCode | CannotRun> {
  const cwd = process.cwd();
  const contrary = contradiction(flags);
  if (contrary !== undefined) return cannotRun(contrary);
  const config = await checkConfig(flags, cwd);
  if (isCannotRun(config)) return config;
  const target = await wantedTarget(command, paths, config, flags, cwd);
  if (isCannotRun(target)) return target;
  const input = await checkInput({ command, target, config, flags, cwd });
  if (isCannotRun(input)) return input;
  await tellIdleOverrides(input);
  compileLess(input.files.reduce((sum, { bytes }) => sum + bytes.length, 0));
  // The grammar is validated on other threads while the files are decoded and paired.
  void loadParser();
  return report(input, target.folder, paths, flags);
}

async function report(
  input: CheckInput,
  folder: string,
  paths: readonly string[],
  flags: Flags,
): Promise<ExitCode | CannotRun> {
  const signal = interruption();
  const output = typeof flags.output === "string" ? flags.output : undefined;
  const screen = screenOf(process.stdout, process.env);
  const progress = screen.live && process.stderr.isTTY ? progressLine(process.stderr) : undefined;
  const wish = { ...input.config, url: typeof flags.url === "string" ? flags.url : undefined };
  const result = await check(input, {
    signal,
    openEngine: () => openEngineFor(wish, signal, progress),
    judgeByServer: judgesByServer(wish),
    onProgress: (event) => progress?.show(event),
  }).catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
  progress?.clear();
  if (!result || signal.aborted) {
    await print(process.stderr, "switchback: interrupted\n");
    return exitCodes.interrupted;
  }

  const text = await render(flags.format as Format, withPlainMoves(result, input, folder), {
    color: screen.color && output === undefined,
    width: screen.width,
    source: sourceOf(input),
    fixCommand: commandOfRun("fix", paths, flags),
  });
  // Every other format is for programs, which want it as it is.
  const shown = flags.format === "terminal" ? withoutCommands(text, process.env) : text;
  if (output === undefined) await print(process.stdout, shown);
  else {
    const problem = await writeOutput(output, text);
    if (problem) return problem;
  }
  // What could not be proved must not look as if it had been.
  if (result.unproved !== undefined) return exitCodes.couldNotRun;
  return exitCodeOf(result, input.config.failOn);
}

async function openEngineFor(
  wish: Config & EngineWish,
  signal: AbortSignal,
  progress: ProgressLine | undefined,
) {
  progress?.show({ kind: "starting" });
  const { openEngine } = await import("#core/postgres/open-engine.ts");
  const onPull = (pull: PullProgress) => progress?.show({ kind: "pulling", ...pull });
  return openEngine({ ...wish, onPull }, signal);
}

/** Texts of files for the code frames, decoded only where a finding points. */
function sourceOf({ files }: CheckInput): (file: string) => string | undefined {
  const bytes = new Map(files.map((file) => [file.path, file.bytes]));
  const texts = new Map<string, string>();
  return (path) => {
    const known = texts.get(path);
    const found = bytes.get(path);
    if (known !== undefined || !found) return known;
    const { text } = decode({ path, bytes: found }).file;
    texts.set(path, text);
    return text;
  };
}
