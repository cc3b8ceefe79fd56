import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Supervisor } from "#core/postgres/embedded/supervisor.ts";

/** What a shell starts in its background is deaf to SIGQUIT until it says otherwise, as PostgreSQL does after a moment. */
const deafAtFirst = [
  "/bin/sh",
  "-c",
  "trap '' QUIT; touch deaf; sleep 0.3; exec \"$0\" -e 'setInterval(() => {}, 1000)'",
];

let run: string;
beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), "switchback-supervisor-"));
});
afterEach(() => rmSync(run, { recursive: true, force: true }));

describe.skipIf(process.platform === "win32")("a server that is stopped (needs /bin/sh)", () => {
  it("ends though it was deaf when it was told to", async () => {
    const supervisor = new Supervisor(run, [...deafAtFirst, process.execPath], undefined);
    await expect.poll(() => existsSync(join(run, "deaf"))).toBe(true);
    await supervisor.stop();
    expect(supervisor.serverAlive).toBe(false);
    expect(existsSync(run)).toBe(false);
  });
});
