import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openDocker } from "#core/postgres/docker/open-docker.ts";
import { engineSuite } from "./engine-suite.ts";

const host = join(import.meta.dirname, "../../../support/host");

/** A daemon that answers already, or one of our own; undefined with the reason on standard error. */
function daemon(): { image: string; folder?: string } | undefined {
  // The containers are removed by `stop`; Ryuk's image cannot be pulled everywhere.
  process.env.TESTCONTAINERS_RYUK_DISABLED = "true";
  const image = process.env.SWITCHBACK_DOCKER_IMAGE;
  if (image) return { image };
  const folder = mkdtempSync("/var/tmp/switchback-docker-");
  try {
    const socket = execFileSync(join(host, "docker-daemon.sh"), ["start", folder], {
      encoding: "utf8",
    }).trim();
    process.env.DOCKER_HOST = socket;
    execFileSync(join(host, "postgres-image.sh"), [folder], { stdio: ["ignore", "ignore", "inherit"] });
    return { image: "postgres:15-local", folder };
  } catch (error) {
    process.stderr.write(`no Docker here: ${(error as Error).message}\n`);
    execFileSync(join(host, "docker-daemon.sh"), ["stop", folder]);
    return undefined;
  }
}

const found = daemon();
afterAll(() => {
  if (found?.folder) execFileSync(join(host, "docker-daemon.sh"), ["stop", found.folder]);
});

if (found) {
  engineSuite("docker", { name: "docker", major: 15, open: () => openDocker({ image: found.image }) });
}

describe.skipIf(!found)("docker (needs a daemon)", () => {
  it("leaves no container behind", async () => {
    const engine = await openDocker({ image: found?.image ?? "" });
    await engine.stop();
    const list = execFileSync("docker", ["ps", "-aq", "--filter", `ancestor=${found?.image}`], {
      encoding: "utf8",
    });
    expect(list).toBe("");
  });

  const ownContainers = () =>
    execFileSync("docker", ["ps", "-aq", "--filter", "label=switchback.owner"], { encoding: "utf8" })
      .split("\n")
      .filter((id) => id !== "");

  it.each([10, 400, 1500])("leaves no container behind when it is given up after %i ms", async (ms) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), ms);
    const opened = openDocker({ image: found?.image ?? "", signal: controller.signal });
    // A container that was faster is stopped by whoever has it.
    await opened.then(
      (engine) => engine.stop(),
      (error) => expect(error.message).toBe("enough"),
    );
    // Two may be removing it: whoever is second does not wait for the first.
    await expect.poll(ownContainers, { timeout: 120_000 }).toEqual([]);
  });

  it("sweeps the container of a run that was killed", async () => {
    const root = join(import.meta.dirname, "../../../..");
    const script = "test/core/postgres/conformance/hold-container.ts";
    const holder = spawn(process.execPath, ["scripts/run.mjs", script, found?.image ?? ""], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(holder.stdout, "data");
    holder.kill("SIGKILL");
    await once(holder, "exit");
    expect(ownContainers()).toHaveLength(1);
    const next = await openDocker({ image: found?.image ?? "" });
    await next.stop();
    expect(ownContainers()).toEqual([]);
  });

  it("says so when an image cannot be had", async () => {
    await expect(openDocker({ image: "localhost:1/nobody/nothing:0" })).rejects.toThrow(
      /image localhost:1\/nobody\/nothing:0 cannot be had/,
    );
  });
});
