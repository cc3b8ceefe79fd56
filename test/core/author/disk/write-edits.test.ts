import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { writeEdits } from "#core/author/disk/write-edits.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "switchback-edits-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    names
      .sort()
      .map((name) => [name.slice(folder.length + 1).replaceAll("\\", "/"), readFileSync(name, "utf8")]),
  );
}

describe("writeEdits", () => {
  it("creates, replaces, renames and deletes", () => {
    const root = folderWith({ a: "one two", b: "b", c: "c" });
    const result = writeEdits(root, [
      { kind: "create", file: "new/folder/d", text: "d" },
      { kind: "replace", file: "a", start: 0, end: 3, text: "1" },
      { kind: "replace", file: "a", start: 4, end: 7, text: "2" },
      { kind: "rename", file: "b", to: "e" },
      { kind: "delete", file: "c" },
    ]);
    expect(result).toEqual({ ok: true });
    expect(contents(root)).toEqual({ a: "1 2", e: "b", "new/folder/d": "d" });
  });

  it("counts offsets behind a byte order mark and keeps it", () => {
    const root = folderWith({ a: "\uFEFFone" });
    writeEdits(root, [{ kind: "replace", file: "a", start: 0, end: 1, text: "O" }]);
    expect(contents(root)).toEqual({ a: "\uFEFFOne" });
  });

  it.each([
    [{ kind: "create", file: "b", text: "mine" }, "EEXIST"],
    [{ kind: "rename", file: "c", to: "b" }, "EEXIST"],
    [{ kind: "create", file: "b/under/a/file", text: "x" }, "ENOTDIR"],
    [{ kind: "replace", file: "gone", start: 0, end: 0, text: "x" }, "ENOENT"],
  ] as const)("takes everything back where %j fails", (failing, code) => {
    const before = { a: "a", b: "theirs", c: "c", "d/up.sql": "up" };
    const root = folderWith(before);
    const result = writeEdits(root, [
      { kind: "create", file: "new/x", text: "x" },
      { kind: "replace", file: "a", start: 0, end: 1, text: "A" },
      { kind: "rename", file: "d/up.sql", to: "e/up.sql" },
      failing,
    ]);
    expect(result).toMatchObject({ ok: false, code });
    expect(contents(root)).toEqual(before);
    expect(readdirSync(root).sort()).toEqual(["a", "b", "c", "d"]);
  });

  it("moves tracked files as git does, and takes the empty folder away", () => {
    const root = folderWith({ "1_a/up.sql": "up", "1_a/down.sql": "down" });
    const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" });
    git("init", "-q");
    git("add", "1_a/up.sql");
    writeEdits(root, [
      { kind: "rename", file: "1_a/up.sql", to: "2_a/up.sql" },
      { kind: "rename", file: "1_a/down.sql", to: "2_a/down.sql" },
    ]);
    expect(git("ls-files")).toBe("2_a/up.sql\n");
    expect(readdirSync(root).sort()).toEqual([".git", "2_a"]);
    expect(contents(join(root, "2_a"))).toEqual({ "down.sql": "down", "up.sql": "up" });
  });
});
