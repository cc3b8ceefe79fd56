import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** The site is built as it is published, and its playground is used in a real browser. */

const root = join(import.meta.dirname, "..", "..");
const site = join(root, "docs/site");
const dist = join(site, "dist");
/** Milliseconds; PostgreSQL is loaded, and the machine may have other work. */
const patience = 180_000;
const executablePath = "/usr/bin/chromium";

const missing = !existsSync(executablePath)
  ? "no Chromium here"
  : sitePackages()
    ? undefined
    : "the packages of the site cannot be installed here";

/** Whether VitePress is there, installed from the site's own lockfile if need be. */
function sitePackages(): boolean {
  // npm writes this when all is there.
  if (existsSync(join(site, "node_modules/.package-lock.json"))) return true;
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: site,
    stdio: "ignore",
    timeout: 300_000,
  });
  return status === 0;
}

describe.skipIf(missing !== undefined)(
  `the site${missing ? ` (${missing})` : ""}`,
  { timeout: 2 * patience },
  () => {
    let server: Server;
    let browser: Browser;
    let page: Page;
    /** Everything the pages complained about. */
    const complaints: string[] = [];
    let address: string;

    beforeAll(async () => {
      execFileSync(process.execPath, [join(root, "scripts/site.mjs")], { cwd: root, stdio: "pipe" });
      server = serve();
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/switchback/`;
      browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
      page = await browser.newPage();
      page.setDefaultTimeout(patience);
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
    }, 2 * patience);
    afterAll(async () => {
      await browser?.close();
      server?.close();
    });

    const type = async (up: string, down: string, before = "") => {
      await page.locator("details.before").evaluate((it) => it.setAttribute("open", ""));
      await page.locator("[data-side=before]").fill(before);
      await page.locator("[data-side=up]").fill(up);
      await page.locator("[data-side=down]").fill(down);
      await page.locator(".findings[data-state=done]").waitFor();
    };
    /** Up, down and up again on the PostgreSQL of the page: what the panel says then. */
    const prove = async () => {
      await page.getByRole("button", { name: "Prove it" }).click();
      await page.locator("[data-proof=done]").waitFor();
      return page.locator("[data-proof] p").textContent();
    };
    const rules = () =>
      page.locator("[data-rule]").evaluateAll((all) => all.map((it) => it.getAttribute("data-rule")));

    it("leads from the first page to the playground, and it finds what its example does", async () => {
      await page.goto(address);
      await page.getByRole("link", { name: "Try it in the browser" }).click();
      await page.locator(".findings[data-state=done]").waitFor();
      expect(await rules()).toContain("require-concurrent-index");
    });

    it("finds what pasted SQL does, and where", async () => {
      await type(
        "CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TYPE mood AS ENUM ('ok');\n",
        "DROP TABLE a;\n",
      );
      expect(await rules()).toEqual(["down-incomplete"]);
      await page.locator("[data-rule=down-incomplete] .place").click();
      const selected = await page.evaluate(
        "(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))(document.activeElement)",
      );
      expect(selected).toMatch(/^CREATE TYPE mood/);
    });

    it("says which word PostgreSQL did not expect", async () => {
      await type("CREATE TABEL a (id bigint);\n", "DROP TABLE a;\n");
      expect(await rules()).toContain("syntax-error");
    });

    it("is silent on safe SQL", async () => {
      await type("CREATE TABLE a (id bigint PRIMARY KEY);\n", "DROP TABLE a;\n");
      expect(await rules()).toEqual([]);
      expect(await page.locator(".findings").textContent()).toContain("No findings");
    });

    it("knows the schema that is there before", async () => {
      const up = "ALTER TABLE orders ALTER COLUMN id TYPE bigint;\n";
      const down = "ALTER TABLE orders ALTER COLUMN id TYPE int;\n";
      await type(up, down, "CREATE TABLE orders (id int PRIMARY KEY);\n");
      expect(await rules()).toContain("change-column-type");
      await type(up, down, "CREATE TABLE orders (id bigint PRIMARY KEY);\n");
      expect(await rules()).not.toContain("change-column-type");
    });

    it("applies a fix, which leaves nothing to find", async () => {
      await type("CREATE INDEX i ON orders (a);\n", "DROP INDEX CONCURRENTLY i;\n");
      expect(await rules()).toEqual(["require-concurrent-index"]);
      await page.getByRole("button", { name: "CONCURRENTLY" }).click();
      await page.locator(".findings[data-state=done] .well").waitFor();
      expect(await page.locator("[data-side=up]").inputValue()).toBe(
        "CREATE INDEX CONCURRENTLY i ON orders (a);\n",
      );
    });

    it("proves a migration in the browser", async () => {
      await type(
        "ALTER TABLE a ADD COLUMN b int;\n",
        "ALTER TABLE a DROP COLUMN b;\n",
        "CREATE TABLE a ();\n",
      );
      expect(await prove()).toMatch(/✓ reversible\s+PostgreSQL 1\d\.\d+ \(PGlite\)/);
    });

    it("shows what only the proof sees", async () => {
      await page.getByRole("button", { name: "Only the proof sees it" }).click();
      await page.locator(".findings[data-state=done]").waitFor();
      expect(await rules()).not.toContain("drift");
      expect(await prove()).toContain("✗ drift after down");
      expect(await page.locator("[data-rule=drift] .message").textContent()).toContain("orders_done");
    });

    it("forgets a proof with the texts that it was of", async () => {
      await page.locator("[data-side=down]").fill("DROP TABLE orders_open, orders_done;\n");
      await page.locator("[data-proof=idle]").waitFor();
      expect(await prove()).toContain("✓ reversible");
    });

    it("says that the schema before fails, and where", async () => {
      await type("SELECT 1;\n", "SELECT 1;\n", "SELECT 1;\nCREATE TABLE a (b nosuchtype);\n");
      expect(await prove()).toMatch(/000001_before\.up\.sql:2:\d+: 42704/);
    });

    it("stops a proof that takes too long, and starts another", async () => {
      const before = complaints.length;
      await type("SELECT pg_sleep(600);\n", "SELECT 1;\n");
      await page.getByRole("button", { name: "Prove it" }).click();
      await page.getByRole("button", { name: "Stop" }).click();
      await page.locator("[data-proof=idle]").waitFor();
      await type("SELECT 1;\n", "SELECT 1;\n");
      expect(await prove()).toContain("✓ reversible");
      // Where PostgreSQL was still being loaded, its worker complains of what it no longer got.
      const others = complaints.splice(before).filter((complaint) => !complaint.includes("Failed to fetch"));
      complaints.push(...others);
    });

    it("leads from a finding to the page of its rule", async () => {
      await type("CREATE INDEX i ON orders (a);\n", "DROP INDEX i;\n");
      await page.getByRole("link", { name: "require-concurrent-index", exact: true }).click();
      await page.getByRole("heading", { level: 1, name: "require-concurrent-index" }).waitFor();
    });

    it("asks for nothing that is not there", () => {
      expect(complaints).toEqual([]);
    });
  },
);

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

/** As GitHub Pages serves it: under the repository's name. */
function serve(): Server {
  return createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname.replace(/^\/switchback\//, "");
    const file = join(dist, path === "" ? "index.html" : extname(path) ? path : `${path}.html`);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
}
