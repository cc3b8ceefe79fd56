import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findInstallations } from "#core/postgres/embedded/open-embedded.ts";
import { findNode } from "../support/host/find-node.ts";
import { transcript } from "./github-stand-in/transcript.ts";
import { forkThatMayNotWrite } from "./scenarios/fork.ts";
import { queueCollision } from "./scenarios/merge-queue.ts";
import { proofOfDrift } from "./scenarios/proof.ts";
import { calmLife } from "./scenarios/pull-request.ts";
import { unproved } from "./scenarios/story.ts";

/** What `uses:` runs: the committed files, with the Node that action.yml asks for. */

const dist = join(import.meta.dirname, "..", "..", "action", "dist");
const node24 = findNode(24);
const node = node24.found ? node24.path : "";
const binaries = await findInstallations(18);

/** A copy that no `node_modules` stands above: a checkout without `npm ci`. */
let alone: string;
beforeAll(() => {
  alone = mkdtempSync(join(tmpdir(), "switchback-alone-"));
  cpSync(dist, alone, { recursive: true });
});
afterAll(() => rmSync(alone, { recursive: true, force: true }));

const absent = node24.found ? "" : ` (${node24.reason})`;
describe.skipIf(!node24.found)(`the committed bundle under Node 24${absent}`, () => {
  const main = () => join(alone, "main.mjs");

  it("is under Node 24", () => {
    expect(execFileSync(node, ["--version"], { encoding: "utf8" })).toMatch(/^v24\./);
  });

  it("makes the calls that it makes under the Node of the other tests", async () => {
    const github = await calmLife(main(), { ...unproved, node });
    await expect(transcript(github.calls)).toMatchFileSnapshot("transcripts/pull-request-life.txt");
  });

  it("keeps one comment in step where everything is proved", async () => {
    await calmLife(main(), { node });
  });

  it("proves on PGlite", async () => {
    await proofOfDrift(main(), "pglite", { node });
  });

  const noBinaries = binaries.length > 0 ? "" : " (PostgreSQL 18 is not installed)";
  it.skipIf(binaries.length === 0)(`proves on PostgreSQL's own binaries${noBinaries}`, async () => {
    // They are looked for above the bundle too, so it runs where it stands.
    await proofOfDrift(join(dist, "main.mjs"), "embedded", { node });
  });

  it("fails a merge group whose version the queue took", async () => {
    await queueCollision(main(), { node });
  });

  it("leaves the report of a fork to annotations and summary", async () => {
    await forkThatMayNotWrite(main(), { node });
  });
});
