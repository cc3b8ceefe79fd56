import { type Command, InvalidArgumentError, Option } from "commander";
import { parseOption } from "#core/config/option-value.ts";
import {
  type AuthorCommand,
  type CheckCommand,
  optionTable,
  type Option as TableOption,
} from "#core/config/options.ts";

/** Adds the flags that the option table has for a command. */
export function withTableOptions(command: Command, name: CheckCommand | AuthorCommand): Command {
  for (const option of optionTable) {
    if (!option.flag?.commands.includes(name)) continue;
    const flag = option.flag.name;
    if (option.type.kind === "switch") {
      const words = description(option);
      command.option(flag, flag.startsWith("--no-") ? `do not ${words}` : words);
      // Of `--no-x` commander says that x is on where nobody asked.
      command.setOptionValue(option.name, undefined);
      continue;
    }
    const described = new Option(`${flag} ${placeholder(option)}`, description(option));
    described.argParser((text: string, before: unknown) => {
      const parsed = parseOption(option, text, flag);
      if (!parsed.ok) throw new InvalidArgumentError(parsed.problem);
      return Array.isArray(parsed.value) && Array.isArray(before)
        ? [...before, ...parsed.value]
        : parsed.value;
    });
    command.addOption(described);
  }
  return command;
}

/** Longer choices stand in the description, so that the descriptions keep their room. */
const longestChoice = 24;

function placeholder({ name, type }: TableOption): string {
  switch (type.kind) {
    case "choice":
      return isShort(type.values) ? `<${type.values.join("|")}>` : `<${name}>`;
    case "list":
      return `<${type.placeholder}...>`;
    case "rules":
    case "overrides":
      return `<${type.kind}>`;
    case "switch":
      return "";
    default:
      return `<${type.placeholder}>`;
  }
}

function isShort(values: readonly (string | number)[]): boolean {
  return values.join("|").length <= longestChoice;
}

/** As help texts are written: no capital, the choices and the built-in value behind. */
function description({ description: text, type, default: builtIn }: TableOption): string {
  const start = /^(PostgreSQL|SQL|Git|Docker|JSON)/.test(text)
    ? text
    : text.charAt(0).toLowerCase() + text.slice(1);
  const choices = type.kind === "choice" && !isShort(type.values) ? `: ${type.values.join(", ")}` : "";
  return `${start}${choices}${builtIn === undefined || type.kind === "switch" ? "" : ` (default: ${String(builtIn)})`}`;
}
