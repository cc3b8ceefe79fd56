import { Argument, Command } from "commander";
import { helpTexts } from "./help-texts.ts";

export const migrationFolder = new Argument(
  "[dir]",
  "migration folder (default: what the configuration says, or migrations, or the only one below here)",
);

/** A command with its help, still without arguments and flags. */
export function subcommand(name: keyof typeof helpTexts): Command {
  return new Command(name)
    .description(helpTexts[name].description)
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", helpTexts[name].after);
}
