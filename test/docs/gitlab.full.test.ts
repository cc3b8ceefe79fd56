import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { findNode } from "../support/host/find-node.ts";
import { packedPackage } from "../support/packed-package.ts";
import { newcomerProject } from "./newcomer-project.ts";

/** The GitLab pipeline of the guide: of the schema that GitLab gives to editors, and its script run. */

const root = join(import.meta.dirname, "..", "..");
const guide = readFileSync(join(root, "docs/guides/ci.md"), "utf8");
const pipeline = /^```yaml\n(# \.gitlab-ci\.yml\n[\s\S]*?)^```$/m.exec(guide)?.[1] ?? "";
const job = (parse(pipeline) as { readonly migrations: Job }).migrations;
// What knows the schema needs a newer Node than we do.
const node = findNode(22);

interface Job {
  readonly script: readonly string[];
  readonly artifacts: { readonly reports: { readonly codequality: string; readonly junit: string } };
}

describe("the pipeline for GitLab", () => {
  let folder: string;
  let project: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "switchback-gitlab-"));
    project = newcomerProject(join(folder, "project"), await packedPackage());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const validated = (text: string) => {
    writeFileSync(join(project, ".gitlab-ci.yml"), text);
    const program = createRequire(import.meta.url).resolve("gitlab-ci-local/dist/index.js");
    const env = { ...process.env, HOME: folder };
    const command = node.found ? node.path : "";
    return spawnSync(command, [program, "--list-json"], { cwd: project, encoding: "utf8", env });
  };

  it.skipIf(!node.found)(`is of GitLab's schema${node.found ? "" : ` (${node.reason})`}`, () => {
    const { status, stdout, stderr } = validated(pipeline);
    expect(status, stderr).toBe(0);
    expect(stdout + stderr).toContain("json schema validated");
    expect(validated(pipeline.replace("codequality:", "code-quality:")).status).not.toBe(0);
  });

  it("leaves the reports that it promises", () => {
    const [install, ...checks] = job.script;
    expect(install).toMatch(/^npm ci /);
    expect(checks).toHaveLength(2);
    const env = { ...process.env, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main" };
    for (const command of checks) {
      const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", command], {
        cwd: project,
        encoding: "utf8",
        env,
      });
      expect(status, `${command}\n${stdout}${stderr}`).toBe(0);
    }
    const { codequality, junit } = job.artifacts.reports;
    expect(JSON.parse(readFileSync(join(project, codequality), "utf8"))).toEqual([]);
    expect(readFileSync(join(project, junit), "utf8")).toContain('name="000014_create_table_14"');
  });
});
