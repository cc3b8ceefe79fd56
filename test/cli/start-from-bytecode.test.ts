import { cpSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { clean, finished, folderWith, startBuilt, switchback } from "./cli.ts";

const root = join(import.meta.dirname, "../..");

let folder: string;
beforeEach(async () => {
  folder = folderWith(clean);
  // Builds where that is due.
  await switchback(["--version"], folder);
  cpSync(join(root, "dist/cli"), join(folder, "cli"), {
    recursive: true,
    filter: (path) => !path.includes(".bytecode"),
  });
});

const run = (args: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  finished(startBuilt(join(folder, "cli/main.cjs"), args, folder, environment));
const lint = (environment: NodeJS.ProcessEnv = {}) => run(["lint", "migrations"], environment);
const writtenAt = () => statSync(only(), { bigint: true }).mtimeNs;
const flipBit = (path: string) => {
  const content = readFileSync(path);
  const middle = content.length >> 1;
  content.writeUInt8(content.readUInt8(middle) ^ 1, middle);
  writeFileSync(path, content);
};
const bytecode = () => readdirSync(join(folder, "cli")).filter((name) => name.includes(".bytecode"));
const only = () => join(folder, "cli", bytecode()[0] ?? "no bytecode");

describe("the bytecode of the command line", () => {
  it("is kept by the first check, and taken by the next", async () => {
    expect((await lint()).code).toBe(0);
    expect(bytecode()).toHaveLength(1);
    const written = writtenAt();

    expect((await lint()).stdout).toContain("No findings.");
    // What V8 refuses is written anew.
    expect(writtenAt()).toBe(written);
    expect(bytecode()).toHaveLength(1);
  });

  it("is not kept of a run that compiles little, or that could not run", async () => {
    await run(["--version"]);
    expect((await run(["lint", "nowhere"])).code).toBe(2);
    expect(bytecode()).toEqual([]);
  });

  it("is one for each set of flags, since V8 takes no other", async () => {
    await lint();
    await lint({ NODE_OPTIONS: "--max-semi-space-size=32" });
    expect(bytecode()).toHaveLength(2);
  });

  it.each([
    ["cut off", (path: string) => truncateSync(path, 1000)],
    ["empty", (path: string) => truncateSync(path)],
    ["another in one bit", flipBit],
    ["something else", (path: string) => writeFileSync(path, "something else")],
  ])("is made anew where it is %s", async (_, damage) => {
    await lint();
    const { size } = statSync(only());
    damage(only());
    const damaged = writtenAt();
    expect(await lint()).toMatchObject({ code: 0, stderr: "" });
    expect(writtenAt()).not.toBe(damaged);
    expect(statSync(only()).size).toBeGreaterThan(size / 2);
  });

  it("is left alone where NODE_DISABLE_COMPILE_CACHE says so", async () => {
    expect((await lint({ NODE_DISABLE_COMPILE_CACHE: "1" })).code).toBe(0);
    expect(bytecode()).toEqual([]);
  });
});
