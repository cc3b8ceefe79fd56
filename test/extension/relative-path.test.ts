import { expect, it } from "vitest";
import type { Uri } from "vscode";
import { relativePath } from "../../extension/src/folders/relative-path.ts";

const uri = (path: string, authority = "") => ({ scheme: "file", authority, path }) as Uri;

it.each([
  ["/home/a/db", "/home/a/db", ""],
  ["/home/a/", "/home/a/db/1.sql", "db/1.sql"],
  ["/home/a", "/home/ab/1.sql", undefined],
  ["/", "/db/1.sql", "db/1.sql"],
  // One drive, as a workspace and as a document spell it.
  ["/c:/a", "/C:/a/db/1.sql", "db/1.sql"],
  ["/C:/a", "/c:/a/db/1.sql", "db/1.sql"],
  ["/C:/", "/c:/1.sql", "1.sql"],
  ["/c:/a", "/d:/a/1.sql", undefined],
  ["/c:/a", "/c:/A/1.sql", undefined],
])("from %s to %s", (root, path, expected) => {
  expect(relativePath(uri(root), uri(path))).toBe(expected);
});

it("tells the shares of servers apart", () => {
  expect(relativePath(uri("/share/a", "one"), uri("/share/a/1.sql", "one"))).toBe("1.sql");
  expect(relativePath(uri("/share/a", "one"), uri("/share/a/1.sql", "two"))).toBeUndefined();
});
