import { annotations } from "./annotations.ts";
import type { Report } from "./model.ts";

/** Lines that a GitHub runner turns into remarks beside the code, for steps that call the command line. */
export function renderWorkflowCommands(report: Report): string {
  return annotations(report)
    .map(({ level, title, message, file, line, endLine, column, endColumn }) => {
      const properties = Object.entries({ title, file, line, endLine, col: column, endColumn }).flatMap(
        ([name, value]) => (value === undefined ? [] : [`${name}=${property(String(value))}`]),
      );
      return `::${level} ${properties.join(",")}::${data(message)}\n`;
    })
    .join("");
}

/** As the runner unescapes it (actions/toolkit, command.ts). */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
