import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { alternatives } from "#core/config/option-value.ts";
import type { CheckCommand } from "#core/config/options.ts";
import { version } from "#core/version.ts";
import { formats } from "../formats.ts";
import { authorCommands } from "./author-commands.ts";
import { helpTexts } from "./help-texts.ts";
import type { Flags, Request } from "./request.ts";
import { migrationFolder, subcommand } from "./subcommand.ts";
import { withTableOptions } from "./table-options.ts";

/** The grammar of the command line. It only reads; `onRequest` gets what was asked for. */
export function program(onRequest: (request: Request) => void): Command {
  const root = new Command("switchback")
    .description(helpTexts.root.description)
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .showSuggestionAfterError()
    // All of them have options: without that word the list fits an 80-column terminal.
    .configureHelp({
      subcommandTerm: (it) => `${it.name()} ${it.usage().replace("[options]", "").trim()}`.trim(),
    })
    .addHelpText("after", helpTexts.root.after);

  const check = checkCommand("check").addArgument(migrationFolder);
  const lint = checkCommand("lint").addArgument(
    new Argument("[paths...]", "a migration folder, or files of it"),
  );
  const roundtrip = checkCommand("roundtrip").addArgument(migrationFolder);
  for (const [command, subcommand] of Object.entries({ check, lint, roundtrip }))
    subcommand.action((paths: string | string[] | undefined, flags: Flags) =>
      onRequest({
        command: command as CheckCommand,
        paths: paths === undefined ? [] : [paths].flat(),
        flags,
      }),
    );

  const fix = withTableOptions(subcommand("fix"), "lint")
    .addArgument(new Argument("[paths...]", "a migration folder, or files of it"))
    .option("--dry-run", "print a diff and write nothing")
    .option("--rule <name...>", "apply the fixes of these rules only")
    .action((paths: string[], flags: Flags) => onRequest({ command: "fix", paths, flags }));
  const init = subcommand("init")
    .addArgument(
      new Argument("[dir]", "migration folder (default: the one with the most migrations below here)"),
    )
    .option("--dry-run", "print what would be written, and write nothing")
    .action((path: string | undefined, { dryRun }: Flags) =>
      onRequest({ command: "init", path, dryRun: dryRun === true }),
    );
  const rules = subcommand("rules")
    .addOption(
      new Option("--format <terminal|json>", "how to print")
        .argParser(oneOf("--format", ["terminal", "json"]))
        .default("terminal", "terminal"),
    )
    .action((flags: Flags) => onRequest({ command: "rules", flags }));
  const explain = subcommand("explain")
    .addArgument(new Argument("<rule|sqlstate>", "name of a rule, or what PostgreSQL answered: 42P01"))
    .action((name: string, flags: Flags) => onRequest({ command: "explain", name, flags }));

  const merge = subcommand("merge")
    .addArgument(new Argument("<reports...>", "JSON reports of every shard"))
    .addOption(formatOption())
    .option("--output <file>", "write the report to a file instead of printing it")
    .addOption(
      new Option("--fail-on <error|warning|never>", "weakest severity that makes the run fail")
        .argParser(oneOf("--fail-on", ["error", "warning", "never"]))
        .default("error", "error"),
    )
    .action((files: string[], flags: Flags) => onRequest({ command: "merge", files, flags }));

  const authors = authorCommands((command, words, flags) => onRequest({ command, words, flags }));
  for (const command of [check, lint, roundtrip, merge, fix, init, ...authors, rules, explain])
    root.addCommand(command, { isDefault: false });
  return root;
}

/** A command that reports. */
function checkCommand(name: CheckCommand): Command {
  const command = subcommand(name)
    .addOption(formatOption())
    .option("--output <file>", "write the report to a file instead of printing it");
  return withTableOptions(command, name);
}

function formatOption(): Option {
  return new Option("--format <format>", `how to print the report: ${formats.join(", ")}`)
    .argParser(oneOf("--format", formats))
    .default("terminal", "terminal");
}

function oneOf(flag: string, values: readonly string[]): (text: string) => string {
  return (text) => {
    if (values.includes(text)) return text;
    throw new InvalidArgumentError(`${flag} wants ${alternatives(values)}, not "${text}"`);
  };
}
