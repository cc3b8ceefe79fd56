import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import os, { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { endProcessesIn } from "#core/postgres/embedded/orphan-server.ts";
import { cacheFolder } from "#core/postgres/embedded/working-folder.ts";
import { openEngine } from "#core/postgres/open-engine.ts";
import { processStart } from "#core/postgres/process-start.ts";
import { otherPlatform } from "../../support/other-platform.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0).reverse()) step();
  vi.unstubAllEnvs();
});

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
    otherPlatform("win32");
    vi.stubEnv("LOCALAPPDATA", local);
    vi.stubEnv("XDG_CACHE_HOME", "");
    expect(cacheFolder(undefined)).toBe(join(local, "switchback"));
  });

  it("says at once that the embedded server is not to be had, and what is", async () => {
    otherPlatform("win32");
    await expect(openEngine({ engine: "embedded", postgres: 16 })).rejects.toThrow(
      /^The engine embedded runs on Linux and macOS only.*\n {2}--engine docker {2}postgres:16 .*\n {2}--engine pglite {2}/,
    );
  });
});

const onWindows = process.platform === "win32";

describe.skipIf(onWindows)("a user without a home (needs a system of Unix)", () => {
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

describe.skipIf(onWindows)("where there is no /proc, as on macOS (needs ps)", () => {
  it("a process began at one moment, in whatever zone somebody asks", () => {
    otherPlatform("darwin");
    vi.stubEnv("TZ", "Asia/Tokyo");
    const there = processStart(process.pid);
    vi.stubEnv("TZ", "America/New_York");
    expect(processStart(process.pid)).toBe(there);
    expect(there).toMatch(/^\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4}$/);
  });

  it.each([
    ["ends the server that was left in a folder", true],
    ["leaves alone who has its number since the machine was started again", false],
  ])("%s", async (_, isServer) => {
    const run = folder(0o700);
    const data = join(run, "data");
    mkdirSync(data);
    const forever = "process.on('SIGQUIT', () => process.exit()); setInterval(() => {}, 1000); console.log()";
    const child = spawn(process.execPath, ["-e", forever, ...(isServer ? [data] : [])]);
    undo.push(() => child.kill("SIGKILL"));
    await once(child.stdout, "data");
    writeFileSync(join(data, "postmaster.pid"), `${child.pid}\n${data}\n`);
    otherPlatform("darwin");
    const ended = once(child, "exit").then(() => true);
    await endProcessesIn(run);
    expect(await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 200, false))])).toBe(
      isServer,
    );
  });
});
