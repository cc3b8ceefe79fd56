import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import os, { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { cacheFolder } from "#core/postgres/embedded/working-folder.ts";
import { openEngine } from "#core/postgres/open-engine.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
  vi.unstubAllEnvs();
});

/** What Node says on Windows: no user numbers, and modes of 666 or 777. */
function onWindows(): void {
  const { getuid } = process;
  const platform = Object.getOwnPropertyDescriptor(process, "platform") ?? {};
  Object.defineProperty(process, "platform", { ...platform, value: "win32" });
  Object.assign(process, { getuid: undefined });
  undo.push(() => {
    Object.defineProperty(process, "platform", platform);
    Object.assign(process, { getuid });
  });
}

function folder(mode: number): string {
  const made = mkdtempSync(join(tmpdir(), "switchback-place-"));
  chmodSync(made, mode);
  undo.push(() => rmSync(made, { recursive: true }));
  return made;
}

describe("on Windows", () => {
  it("keeps what outlives a run in the user's own folder", () => {
    const local = folder(0o777);
    mkdirSync(join(local, "switchback"));
    chmodSync(join(local, "switchback"), 0o777);
    onWindows();
    vi.stubEnv("LOCALAPPDATA", local);
    vi.stubEnv("XDG_CACHE_HOME", "");
    expect(cacheFolder(undefined)).toBe(join(local, "switchback"));
  });

  it("says at once that the embedded server is not to be had, and what is", async () => {
    onWindows();
    await expect(openEngine({ engine: "embedded", postgres: 16 })).rejects.toThrow(
      /^The engine embedded runs on Linux and macOS only.*\n {2}--engine docker {2}postgres:16 .*\n {2}--engine pglite {2}/,
    );
  });
});

describe("a user without a home", () => {
  it.each([
    [
      "there is none",
      () => {
        throw new Error("uv_os_homedir returned ENOENT");
      },
    ],
    ["its name is empty", () => ""],
  ])("keeps its files where everybody may: %s", (_, answer) => {
    const { homedir } = os;
    const setHome = (home: typeof homedir) => {
      os.homedir = home;
      syncBuiltinESMExports();
    };
    setHome(answer);
    undo.push(() => setHome(homedir));
    vi.stubEnv("XDG_CACHE_HOME", "");
    expect(basename(cacheFolder(undefined))).toBe(`switchback-${process.getuid?.()}`);
  });
});
