import type { VariableSetStmt } from "@pgsql/types";
import { quoteIdentifier } from "../../quote-identifier.ts";
import type { Handlers } from "../handlers.ts";
import { defaultSettings, type SessionSettings, type World } from "../world.ts";

/** SET and RESET, as far as they decide where names are looked up, who owns what is made and what a change of type costs. */
export const sessionHandlers: Handlers = {
  VariableSetStmt: set,
  DiscardStmt: (world) => {
    world.settings = defaultSettings;
  },
};

function set(world: World, statement: VariableSetStmt): void {
  if (statement.kind === "VAR_RESET_ALL") {
    // RESET ALL leaves the role.
    const { role } = world.settings;
    world.settings = { ...defaultSettings, ...(role !== undefined && { role }) };
    return;
  }
  const change = changeOf(statement);
  if (!change) return;
  const { settings } = world;
  const { afterCommit } = settings;
  world.settings = statement.is_local
    ? { ...change(settings), afterCommit: afterCommit ?? settings }
    : { ...change(settings), ...(afterCommit && { afterCommit: change(afterCommit) }) };
}

function changeOf(statement: VariableSetStmt): ((settings: SessionSettings) => SessionSettings) | undefined {
  const values = statement.kind === "VAR_SET_VALUE" ? strings(statement) : undefined;
  switch (statement.name?.toLowerCase()) {
    case "timezone":
      return ({ timeZone: _, ...settings }) =>
        values?.[0] === undefined ? settings : { ...settings, timeZone: values[0] };
    case "search_path": {
      const writtenPath = values ?? defaultSettings.writtenPath;
      const searchPath = writtenPath.filter((schema) => schema !== "" && schema !== "$user");
      return (settings) => ({ ...settings, searchPath, writtenPath });
    }
    case "role":
    case "session_authorization": {
      const role = values?.[0];
      return ({ role: _, ...settings }) =>
        role === undefined || role === "none" ? settings : { ...settings, role: quoteIdentifier(role) };
    }
    default:
      return undefined;
  }
}

function strings({ args }: VariableSetStmt): string[] {
  return (args ?? []).flatMap((node) => ("A_Const" in node ? [node.A_Const.sval?.sval ?? ""] : []));
}
