import { expect, it } from "vitest";
import { builtInConfig } from "#core/config/resolve-config.ts";
import { Folders } from "../../extension/src/analysis/folders.ts";

it.each([
  ["1", undefined],
  ["2", "startAfter 2 is past the newest migration, 000001_users, so nothing is checked"],
])("a folder whose history ends with %s", async (startAfter, words) => {
  const { pastNewest } = await new Folders().lint({
    id: "file:///shop/migrations",
    folder: "migrations",
    config: { ...builtInConfig, startAfter },
    nearby: [],
    changed: [["migrations/000001_users.up.sql", "CREATE TABLE users (id bigint PRIMARY KEY);"]],
    fresh: true,
  });
  expect(pastNewest).toBe(words);
});
