import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { carryOut } from "#core/author/disk/carry-out.ts";

const bytes = (text: string) => Buffer.from(text);
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "switchback-steps-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

function contents(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

function ignoresCase(): boolean {
  const root = folderWith({ lower: "" });
  return existsSync(join(root, "LOWER"));
}

describe("carryOut", () => {
  it("writes nothing where one file was changed meanwhile", () => {
    const root = folderWith({ a: "a", b: "somebody else" });
    const result = carryOut(root, [
      { kind: "rewrite", file: "a", before: bytes("a"), bytes: bytes("A") },
      { kind: "rewrite", file: "b", before: bytes("b"), bytes: bytes("B") },
    ]);
    expect(result).toEqual({ ok: false, file: "b", code: "ECHANGED" });
    expect(contents(root)).toEqual({ a: "a", b: "somebody else" });
  });

  it("deletes only what is as it was read", () => {
    const root = folderWith({ a: "a" });
    expect(carryOut(root, [{ kind: "delete", file: "a", before: bytes("b") }])).toMatchObject({ ok: false });
    expect(carryOut(root, [{ kind: "delete", file: "a", before: bytes("a") }])).toEqual({ ok: true });
    expect(contents(root)).toEqual({});
  });

  it("a folder that is called otherwise keeps what else lies in it", () => {
    const root = folderWith({});
    mkdirSync(join(root, "1_a"));
    for (const name of ["migration.sql", "snapshot.json", "notes.md"])
      writeFileSync(join(root, "1_a", name), name);
    mkdirSync(join(root, "1_a/data/more"), { recursive: true });
    writeFileSync(join(root, "1_a/data/more/rows.csv"), "1");
    const result = carryOut(root, [
      { kind: "rename", file: "1_a/migration.sql", to: "2_a/migration.sql" },
      { kind: "rename", file: "1_a/snapshot.json", to: "2_a/snapshot.json" },
    ]);
    expect(result).toEqual({ ok: true });
    expect(readdirSync(root)).toEqual(["2_a"]);
    expect(readFileSync(join(root, "2_a/data/more/rows.csv"), "utf8")).toBe("1");
    expect(readdirSync(join(root, "2_a")).sort()).toEqual([
      "data",
      "migration.sql",
      "notes.md",
      "snapshot.json",
    ]);
  });

  it("lets files trade their names, whatever is rewritten on the way", () => {
    const root = folderWith({ up: "UP", down: "DOWN", third: "3" });
    const result = carryOut(root, [
      { kind: "rename", file: "up", to: "down" },
      { kind: "rename", file: "down", to: "up" },
      { kind: "rename", file: "third", to: "fourth" },
      { kind: "rewrite", file: "up", bytes: bytes("up") },
      { kind: "create", file: "third", bytes: bytes("new") },
    ]);
    expect(result).toEqual({ ok: true });
    expect(contents(root)).toEqual({ down: "up", up: "DOWN", fourth: "3", third: "new" });
  });

  it("writes through a symbolic link", () => {
    const root = folderWith({ real: "a" });
    symlinkSync("real", join(root, "link"));
    carryOut(root, [{ kind: "rewrite", file: "link", bytes: bytes("b") }]);
    expect(contents(root)).toEqual({ link: "b", real: "b" });
    expect(
      readdirSync(root, { withFileTypes: true })
        .find(({ name }) => name === "link")
        ?.isSymbolicLink(),
    ).toBe(true);
  });

  it.skipIf(!ignoresCase())("spells a name otherwise (needs a disk that ignores case)", () => {
    const root = folderWith({ Users: "a", taken: "b" });
    expect(carryOut(root, [{ kind: "rename", file: "Users", to: "users" }])).toEqual({ ok: true });
    expect(carryOut(root, [{ kind: "rename", file: "users", to: "Taken" }])).toMatchObject({
      code: "EEXIST",
    });
    expect(contents(root)).toEqual({ users: "a", taken: "b" });
  });

  it("takes every folder back that it made", () => {
    const root = folderWith({ taken: "" });
    carryOut(root, [
      { kind: "create", file: "one/two/three/file", bytes: bytes("x") },
      { kind: "create", file: "taken", bytes: bytes("x") },
    ]);
    expect(existsSync(join(root, "one"))).toBe(false);
  });
});
