import { expect, it } from "vitest";
import { titleOf } from "../../extension/src/commands/title-of.ts";

it.each([
  ["000012", "000012_add_users", "add_users"],
  ["1.2", "V1.2__add_users", "add_users"],
  ["1", "1-create-users", "create-users"],
  ["20260101", "20260101_", ""],
])("version %s of %s", (version, name, title) => {
  expect(titleOf({ version, name })).toBe(title);
});
