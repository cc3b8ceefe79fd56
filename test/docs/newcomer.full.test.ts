import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PackedPackage, packedPackage } from "../support/packed-package.ts";
import { newcomerProject } from "./newcomer-project.ts";

/**
 * README and guides, walked as a newcomer would: an empty home, and every `sh` block run in order. A block that nobody
 * can run here says so in its own text: "not run by our tests".
 */

const root = join(import.meta.dirname, "..", "..");
const guides = readdirSync(join(root, "docs/guides")).map((name) => `docs/guides/${name}`);

interface Block {
  readonly commands: string;
  /** What the text shows below it. */
  readonly shown?: string;
}

let packed: PackedPackage;
let folder: string;
beforeAll(async () => {
  packed = await packedPackage();
  folder = mkdtempSync(join(tmpdir(), "switchback-newcomer-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("README.md", () => {
  it("does what it says, in a fresh clone", () => {
    const clone = join(folder, "clone");
    execFileSync("git", ["clone", "--quiet", "--depth", "1", `file://${root}`, clone]);
    symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
    // CI begins with the very lines that install and test; this is one of those tests.
    walk("README.md", clone, (commands) =>
      commands.replace(/^npm ci && npm test$/m, "true").replace(/^npm ci && /m, ""),
    );
  });
});

describe.each(guides)("%s", (guide) => {
  it("does what it says, in a project with the package", () => {
    const project = newcomerProject(join(folder, guide.replaceAll("/", "-")), packed);
    // The package that a guide installs is the one that was packed from these sources.
    walk(guide, project, (commands) =>
      commands.replaceAll(/^npm install --save-dev pg-switchback$/gm, "true"),
    );
  });

  it("names no package of somebody else", () => {
    expect(readFileSync(join(root, guide), "utf8")).not.toMatch(/npx switchback\b/);
  });
});

function walk(page: string, cwd: string, adapt: (commands: string) => string): void {
  const home = mkdtempSync(join(folder, "home-"));
  const PATH = [join(packed.project, "node_modules/.bin"), process.env.PATH].join(delimiter);
  for (const { commands, shown } of blocks(readFileSync(join(root, page), "utf8"))) {
    const { status, stdout, stderr } = spawnSync(
      "bash",
      ["--norc", "-euo", "pipefail", "-c", adapt(commands)],
      {
        cwd,
        encoding: "utf8",
        env: {
          PATH,
          HOME: home,
          LANG: "C.UTF-8",
          NO_COLOR: "1",
          npm_config_cache: join(tmpdir(), "npm-newcomer"),
        },
      },
    );
    expect(status, `${page}:\n${commands}\n${stdout}${stderr}`).toBe(0);
    expect(stdout + stderr).not.toMatch(/npx switchback\b/);
    if (shown !== undefined) expect(steady(stdout)).toContain(steady(shown));
  }
}

/** A block without a language shows what the `sh` block before it prints. */
function blocks(page: string): Block[] {
  const found: Block[] = [];
  for (const [, language, text = ""] of page.matchAll(/^```(\w*).*\n([\s\S]*?)^```$/gm)) {
    const last = found.at(-1);
    if (language === "sh" && !text.includes("not run by our tests")) found.push({ commands: text });
    else if (language === "" && last && last.shown === undefined)
      found[found.length - 1] = { ...last, shown: text };
  }
  return found;
}

/** Without durations, which differ, and the room that they take. */
function steady(text: string): string {
  return text
    .replaceAll(/ +(?:\d+ min )?[\d.]+ m?s\b/g, "")
    .replaceAll(/ {2,}/g, " ")
    .replaceAll(/ $/gm, "")
    .trim();
}
