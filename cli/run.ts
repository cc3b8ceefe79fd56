import { type Command, CommanderError } from "commander";
import { nearestName } from "#core/config/nearest-name.ts";
import { escapeControlLines } from "#core/report/text/escape-control.ts";
import type { CannotRun } from "./cannot-run.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { program } from "./grammar/program.ts";
import type { Request } from "./grammar/request.ts";
import { withoutCommands } from "./without-commands.ts";
import { print } from "./write-output.ts";

/** The whole command line, from arguments to exit code. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  const request = await readRequest(args);
  if (typeof request === "number") return request;
  const outcome = await perform(request);
  if (typeof outcome === "number") return outcome;
  // It may quote a configuration, or the name of a file.
  const words = withoutCommands(escapeControlLines(outcome.cannotRun), process.env);
  await print(process.stderr, `switchback: ${words}\n`);
  return exitCodes.couldNotRun;
}

async function perform(request: Request): Promise<ExitCode | CannotRun> {
  switch (request.command) {
    case "fix":
      return (await import("./commands/fix.ts")).fixFolder(request);
    case "init":
      return (await import("./commands/init.ts")).initProject(request);
    case "merge":
      return (await import("./commands/merge.ts")).mergeReportFiles(request);
    case "rules":
      return (await import("./commands/rules.ts")).listRules(request.flags);
    case "explain":
      return (await import("./commands/explain.ts")).explain(request.name);
    case "new":
      return (await import("./commands/new.ts")).newMigration(request);
    case "down":
      return (await import("./commands/down.ts")).proposedDown(request);
    case "renumber":
      return (await import("./commands/renumber.ts")).renumberFolder(request);
    case "convert":
      return (await import("./commands/convert.ts")).convertMigrations(request);
    case "rename":
      return (await import("./commands/rename.ts")).renameMigration(request);
    default:
      return (await import("./commands/check.ts")).runCheck(request);
  }
}

/** Help, the version and mistakes in the arguments end here. */
async function readRequest(args: readonly string[]): Promise<Request | ExitCode> {
  let request: Request | undefined;
  const out: string[] = [];
  const problems: string[] = [];
  const root = program((asked) => {
    request = asked;
  });
  const unknown = unknownCommand(root, args);
  if (unknown !== undefined) {
    await print(process.stderr, `switchback: ${unknown}\n`);
    return exitCodes.couldNotRun;
  }
  for (const command of [root, ...root.commands])
    command.exitOverride().configureOutput({
      writeOut: (text) => out.push(text),
      writeErr: (text) => problems.push(text),
      // Our own parsers name the flag and the value themselves.
      outputError: (text) =>
        problems.push(
          elsewhere(root, text) ??
            text.replace(/^error: (option '.*' argument '.*' is invalid\. )?/s, "switchback: "),
        ),
    });
  try {
    root.parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // `switchback` alone asks for the help that commander writes as a mistake.
    await print(process.stdout, out.join(""));
    const command = root.commands.find((it) => it.name() === args[0])?.name();
    if (error.code === "commander.excessArguments") problems.push(excessWords(command));
    const isSaid = problems.some((text) => /belongs to|Did you mean/.test(text));
    if (/^commander\.(?:missing|unknownOption|optionMissing)/.test(error.code) && !isSaid)
      problems.push(`  switchback ${command === undefined ? "" : `${command} `}--help   shows examples\n`);
    await print(process.stderr, problems.join(""));
    return error.exitCode === 0 ? exitCodes.clean : exitCodes.couldNotRun;
  }
  return request ?? exitCodes.clean;
}

/** More words than a command takes are a title without quotes, or several folders. */
function excessWords(command: string | undefined): string {
  if (command === "new") return '  a title of several words wants quotes: switchback new "add user status"\n';
  if (command === "rename")
    return '  a title of several words wants quotes: switchback rename 12 "add user state"\n';
  return `  switchback ${command} --help   shows examples\n`;
}

/** A flag that another command has is no misspelt one. */
function elsewhere(root: Command, text: string): string | undefined {
  const [, flag] = /^error: unknown option '(--[\w-]+)'/.exec(text) ?? [];
  const having = root.commands.filter(({ options }) => options.some(({ long }) => long === flag));
  if (flag === undefined || having.length === 0) return undefined;
  const names = having.map((command) => command.name()).join(", ");
  return `switchback: unknown option '${flag}': it belongs to ${names}\n`;
}

/** Commander itself answers `help nope` and `nope --help` with the help of everything. */
function unknownCommand(root: Command, [first, second]: readonly string[]): string | undefined {
  const asked = first === "help" ? second : first;
  if (asked === undefined || asked === "help" || asked.startsWith("-")) return undefined;
  const names = root.commands.map((command) => command.name());
  if (names.includes(asked)) return undefined;
  if (asked === "version") return "the version is a flag: switchback --version";
  const nearest = nearestName(asked, names);
  return `there is no command "${asked}": ${nearest ? `did you mean ${nearest}?` : "switchback --help lists them all"}`;
}
