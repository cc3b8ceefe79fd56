import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, type Host, type HostName, hostNames, installHost } from "../support/host/hosts.ts";
import { unpackedExtension } from "../support/host/unpacked-extension.ts";
import { sample } from "./host/sample.ts";
import { Person } from "./person.ts";

// Kept only when they are asked for: pictures for README and walkthrough, to be looked at before they are committed.
// SWITCHBACK_PICTURES_THEME, such as Default Dark Modern, is the theme that they are taken in.
const pictures = process.env.SWITCHBACK_PICTURES;
const theme = process.env.SWITCHBACK_PICTURES_THEME;
const wanted = process.env.SWITCHBACK_HOST;

describe.skipIf(!chromiumPath())("as a person, with Chromium", () => {
  for (const name of hostNames.filter((it) => !wanted || it === wanted)) story(name);
  if (!wanted || wanted === "newest") trustStory("newest");
});

/** A workspace, and the extension in a folder of extensions of its own. `remove` takes both away. */
async function installed(host: Host, files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "switchback-person-"));
  const workspace = join(folder, "shop");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  const { vsix } = await unpackedExtension();
  const extensions = join(folder, "extensions");
  execFileSync(host.node, [
    host.server,
    ...["--install-extension", vsix, "--force", "--extensions-dir", extensions],
    ...["--server-data-dir", join(folder, "server"), "--accept-server-license-terms"],
  ]);
  return { workspace, extensions, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Installs, sits down before the tests of a `describe` and leaves after them; a test that fails leaves a witness. */
function seated(
  name: HostName,
  files: Readonly<Record<string, string>>,
  options: { trusted?: boolean } = {},
) {
  let place: Awaited<ReturnType<typeof installed>>;
  let person: Person;

  beforeAll(async () => {
    const host = await installHost(name);
    place = await installed(host, files);
    person = await Person.sitDown(host, place.workspace, { ...options, theme, extensions: place.extensions });
  }, 1_200_000);
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") console.error(await person.witness(`${name} ${task.name}`));
  });
  afterAll(async () => {
    await person?.leave();
    place?.remove();
  });

  return {
    get person() {
      return person;
    },
    get workspace() {
      return place.workspace;
    },
  };
}

function trustStory(name: HostName): void {
  describe(`VS Code, ${name}, in a folder that is not trusted yet`, { timeout: 1_200_000 }, () => {
    const seat = seated(name, sample, { trusted: false });

    it("is told why nothing is proved, grants trust, and proves without a reload", async () => {
      const { person } = seat;
      const { page } = person;
      await person.openFile("000003_email_index.up.sql");
      await page.locator(".squiggly-error").first().waitFor();
      const manage = page.locator(".notification-toast .monaco-button", {
        hasText: "Manage Workspace Trust",
      });
      await person.insists((timeout) => person.lens("Run").click({ timeout }), manage);
      const trust = page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ });
      await person.insists((timeout) => manage.first().click({ timeout }), trust);
      await trust.first().click();
      await page.locator(".workspace-trust-editor", { hasText: "You trust this folder" }).waitFor();
      await person.openFile("000003_email_index.up.sql");
      await person.insists(
        (timeout) => person.lens("Run").click({ timeout }),
        person.lens("reversible"),
        60_000,
      );
    });
  });
}

function story(name: HostName): void {
  describe(`VS Code, ${name}`, { timeout: 1_200_000 }, () => {
    const seat = seated(name, { ...sample, "switchback.jsonc": "{\n  \n}\n" });
    const picture = async (file: string) => {
      if (pictures && name === "newest") await seat.person.picture(join(pictures, `${file}.png`));
    };
    const onDisk = (path: string) =>
      expect.poll(() => readFileSync(join(seat.workspace, path), "utf8"), { timeout: 300_000 });

    it("sees the squiggle and the problem, and repairs it with the keyboard", async () => {
      const { person } = seat;
      const { page } = person;
      await person.openFile("000003_email_index.up.sql");
      await page.locator(".squiggly-error").first().waitFor();
      const row = page.locator(".markers-panel .monaco-list-row", { hasText: "require-concurrent-index" });
      await person.insists(() => person.command("Problems: Focus on Problems View"), row);
      expect(await row.innerText()).toMatch(/users/);
      await person.insists(() => person.lines().first().click(), person.focusedEditor());
      await picture("walkthrough-read");
      const fix = page.locator(".action-widget .monaco-list-row.focused", {
        hasText: "Build with CONCURRENTLY",
      });
      await person.insists(() => page.keyboard.press("Control+."), fix);
      await picture("walkthrough-fix");
      await page.keyboard.press("Enter");
      await person.sees("CREATE INDEX CONCURRENTLY");
      await page.keyboard.press("Control+S");
      await row.waitFor({ state: "detached" });
      await onDisk("migrations/000003_email_index.up.sql").toMatch(/CONCURRENTLY/);
    });

    it("creates a pair from the palette and sees its names first", async () => {
      const { person } = seat;
      const { page } = person;
      const widget = page.locator(".quick-input-widget");
      const asked = widget.filter({ hasText: "What does it do?" });
      await person.insists(() => person.command("Switchback: Create Migration Pair"), asked);
      await widget.locator("input").fill("a/b");
      await widget.filter({ hasText: "cannot hold a path" }).waitFor();
      await widget.locator("input").fill("add orders");
      await widget.filter({ hasText: "000004_add_orders.up.sql" }).waitFor();
      await picture("walkthrough-create");
      await page.keyboard.press("Enter");
      await page.locator(".tab", { hasText: "000004_add_orders.down.sql" }).waitFor();
      const up = page.locator(".editor-group-container", {
        has: page.locator(".tab.active", { hasText: "000004_add_orders.up.sql" }),
      });
      await up.locator(".monaco-editor.focused").waitFor();
      await person.insists(async () => {
        await page.keyboard.press("Control+A");
        await page.keyboard.type("CREATE TABLE orders (id bigint PRIMARY KEY);\n", { delay: 5 });
      }, person.line("CREATE TABLE orders (id bigint PRIMARY KEY);"));
      await page.keyboard.press("Control+S");
      await onDisk("migrations/000004_add_orders.up.sql").toMatch(/CREATE TABLE orders/);
    });

    it("has the down proposed", async () => {
      const { person } = seat;
      const proposal = person.line("DROP TABLE IF EXISTS orders;");
      await person.insists(() => person.command("Switchback: Propose Down Migration"), proposal);
      await person.page.keyboard.press("Control+S");
      await onDisk("migrations/000004_add_orders.down.sql").toMatch(/DROP TABLE IF EXISTS orders;/);
    });

    it("runs a round trip from the lens, and opens the drift as a diff", async () => {
      const { person } = seat;
      const { page } = person;
      await person.command("View: Hide Panel");
      await person.command("View: Close All Editors");
      await person.openFile("000002_status.up.sql");
      // A lens that is drawn anew under the pointer loses the click.
      const run = (timeout: number) => person.lens("Run").click({ timeout });
      await person.insists(run, person.lens("drift after down"), 30_000);
      await page.locator(".test-error-content-widget", { hasText: "type user_status is left" }).waitFor();
      const migration = page.locator(".test-explorer .monaco-list-row", { hasText: "000002_status" });
      await person.insists(() => person.command("Focus on Test Explorer View"), migration);
      // The failure of going up again is on top; the drift after the down is the one before.
      const peek = page.locator(".test-output-peek");
      const diff = peek.locator(".monaco-diff-editor");
      await person.insists(async () => {
        // A gesture that is made again has closed it.
        if (!(await peek.isVisible())) await person.insists(() => person.command("Peek Output"), peek);
        await person.command("Go to Previous Test Failure");
      }, diff);
      await person.sees("public.user_status (type)");
      await picture("walkthrough-prove");
      await page.keyboard.press("Escape");
    });

    it("works in two windows on one folder: both prove, and each sees what the other saves", async () => {
      const { person } = seat;
      const other = await person.another();
      try {
        await Promise.all(
          [person, other].map(async (it) => {
            await it.openFile("000001_users.down.sql");
            const run = (timeout: number) => it.lens("Run").click({ timeout });
            await it.insists(run, it.lens("reversible"), 30_000);
          }),
        );
        await other.insists(async () => {
          await other.page.keyboard.press("Control+A");
          await other.page.keyboard.type("DROP TABEL users;\n", { delay: 5 });
        }, other.line("DROP TABEL users;"));
        await other.page.keyboard.press("Control+S");
        await person.sees("DROP TABEL users;");
        await person.page.locator(".editor-group-container.active .squiggly-error").first().waitFor();
      } finally {
        await other.leave();
      }
    });

    it("writes a configuration with completion", async () => {
      const { person } = seat;
      const { page } = person;
      await person.command("View: Close All Editors");
      await person.openFile("switchback.jsonc");
      // The list shows a dozen rows, and there are more options than that. It stays empty while the language server of
      // JSON is still to come: then the list is asked for again.
      const option = page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "preset" });
      await person.insists(async () => {
        await page.keyboard.press("Control+A");
        await page.keyboard.type('{\n"pre', { delay: 20 });
        await page.keyboard.press("Control+Space");
      }, option);
      await picture("walkthrough-share");
      await page.keyboard.press("Escape");
    });
  });
}
