import type { RunError } from "../../report/model.ts";

/**
 * Does a failure with rows, which without rows does not happen, accuse the migration? A column that must not be null
 * without a default, a duplicate under a new UNIQUE, and a cast that fails do: the schema allowed such rows. A foreign
 * key or a CHECK over columns that were there may well hold for the real rows, and so may what INSERT and UPDATE find:
 * that is told, and fails nothing.
 */
export function blamesRows({ sqlstate }: RunError, statement: string): boolean {
  if (sqlstate === null || !definitions.test(statement)) return false;
  return sqlstate === notNull || sqlstate === duplicate || (sqlstate.startsWith("22") && sqlstate !== raised);
}

const definitions = /^\s*(?:(?:--[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)\s*)*(?:alter|create)\b/i;
const notNull = "23502";
const duplicate = "23505";
/** Invalid parameter values are not of the rows' making. */
const raised = "22023";
