import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { type Bundle, builtBundle } from "./build-bundle.ts";
import { runBundle } from "./run-bundle.ts";
import { drifting, good, merged, pullPayload, shop, slow } from "./scenarios/shop.ts";

/** Pictures of what the Action writes, for people to look at: docs/images/action-*.png. */

const executablePath = "/usr/bin/chromium";
const images = join(import.meta.dirname, "..", "..", "docs", "images");

interface Renderer {
  render(markdown: string): string;
}

const MarkdownIt = createRequire(import.meta.url)("markdown-it") as new (options: object) => Renderer;

/** The parts of GitHub's look that decide whether a comment reads well. */
const css = `
body { margin: 24px; width: 860px; background: #fff; color: #1f2328; font: 14px/1.5 "DejaVu Sans", sans-serif; }
.comment { border: 1px solid #d1d9e0; border-radius: 6px; padding: 16px; }
h3 { margin: 0 0 16px; font-size: 17.5px; } p { margin: 0 0 16px; } a { color: #0969da; text-decoration: none; }
table { border-collapse: collapse; margin: 0 0 16px; } th, td { border: 1px solid #d1d9e0; padding: 6px 13px; }
code { background: #818b981f; border-radius: 6px; padding: 2px 6px; font: 12px "DejaVu Sans Mono", monospace; }
pre { background: #f6f8fa; border-radius: 6px; padding: 16px; margin: 0 0 16px; overflow: auto; }
pre code { background: none; padding: 0; } sub { font-size: 75%; color: #59636e; }
blockquote { margin: 0 0 16px; padding: 0 14px; border-left: 3.5px solid #d1d9e0; color: #59636e; }
details { margin: 0 0 16px; }`;

let bundle: Bundle;
beforeAll(async () => {
  bundle = await builtBundle();
});

const stories = [
  { name: "problems", files: { ...slow, ...drifting }, neighbour: true },
  { name: "all-well", files: good, neighbour: false },
];

describe.skipIf(!existsSync(executablePath))("pictures with Chromium", () => {
  it.each(stories)("of $name", async ({ name, files, neighbour }) => {
    const github = await shop();
    try {
      const pull = github.state.open(7, "main", files);
      if (neighbour) {
        const theirs = { "migrations/000004_invoices.up.sql": "SELECT 1;" };
        github.state.open(8, "main", theirs, { title: "Add invoices" });
      }
      const payload = pullPayload(github, pull);
      const checkout = { ...merged, ...files };
      const run = await runBundle(github, { bundle: bundle.main, event: "pull_request", payload, checkout });
      const markdown = github.state.comments[0]?.body ?? run.summary;
      const html = new MarkdownIt({ html: true }).render(markdown);
      await picture(`action-${name}`, html);
      expect(markdown).toContain(name === "problems" ? "need attention" : "✓");
    } finally {
      await github.stop();
    }
  });
});

async function picture(name: string, html: string): Promise<void> {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ viewport: { width: 908, height: 400 }, deviceScaleFactor: 1.5 });
    await page.setContent(`<!doctype html><style>${css}</style><div class="comment">${html}</div>`);
    mkdirSync(images, { recursive: true });
    writeFileSync(join(images, `${name}.png`), await page.locator(".comment").screenshot());
  } finally {
    await browser.close();
  }
}
