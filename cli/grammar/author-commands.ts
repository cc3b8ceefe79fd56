import { Argument, type Command } from "commander";
import type { AuthorCommand } from "#core/config/options.ts";
import type { Flags } from "./request.ts";
import { migrationFolder, subcommand } from "./subcommand.ts";
import { withTableOptions } from "./table-options.ts";

type OnRequest = (command: AuthorCommand, words: readonly string[], flags: Flags) => void;

const version = new Argument("<version>", "as the folder spells it, or without its zeros");

/** The grammar of the commands that write migrations. */
export function authorCommands(onRequest: OnRequest): Command[] {
  const commands: Readonly<Record<AuthorCommand, Command>> = {
    new: command("new", [new Argument("<description>", "what it does, in a few words"), migrationFolder])
      .option("--from <file>", "SQL of the up; - reads standard input. The down is proposed")
      .option("--base <ref>", "Git ref whose versions are taken too"),
    down: command("down", [version, migrationFolder])
      .option("--write", "write the proposal where the down is missing or empty")
      .option("--check", "compare the down that is there with the proposal")
      .option("--prove", "run up, proposal and up again")
      .option("--static", "propose from the files alone; no PostgreSQL is started"),
    renumber: command("renumber", [migrationFolder])
      .option("--base <ref>", "Git ref whose versions stay (default: the default branch of origin)")
      .option("--write", "move the files; without it the plan is printed"),
    convert: command("convert", [new Argument("<out>", "folder that is made"), migrationFolder])
      .requiredOption("--to <layout>", "how the new folder spells migrations")
      .option("--renumber", "count the versions 1, 2, 3 in their present order"),
    rename: command("rename", [
      version,
      new Argument("<title>", "what it does, in a few words"),
      migrationFolder,
    ]),
  };
  for (const [name, it] of Object.entries(commands))
    it.action((...given: unknown[]) => {
      // Commander hands over the arguments, the flags and the command itself.
      const words = given.slice(0, -2).filter((word) => typeof word === "string");
      onRequest(name as AuthorCommand, words, given.at(-2) as Flags);
    });
  return Object.values(commands);
}

function command(name: AuthorCommand, words: readonly Argument[]): Command {
  const made = subcommand(name);
  for (const word of words) made.addArgument(word);
  return withTableOptions(made, name);
}
