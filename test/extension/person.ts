import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { CodeServer, launchBrowser } from "../support/host/code-server.ts";
import type { Host } from "../support/host/hosts.ts";

/** Milliseconds: shorter than a test may take, so that the wait that was in vain is named. */
const patience = 300_000;
/** Milliseconds after which a gesture without an effect is made again; then twice as many, up to the second number. */
const doubt = 8_000;
const longestDoubt = 64_000;

/** Somebody in front of the workbench: keys, and what is on the screen. */
export class Person {
  readonly page: Page;
  readonly #close: () => Promise<void>;

  private constructor(page: Page, close: () => Promise<void>) {
    this.page = page;
    this.#close = close;
  }

  static async sitDown(
    host: Host,
    folder: string,
    {
      trusted = true,
      extensions,
      theme = "Default Light Modern",
    }: { trusted?: boolean; extensions: string; theme?: string | undefined },
  ): Promise<Person> {
    const settings = { "workbench.colorTheme": theme, "editor.minimap.enabled": false };
    const server = await CodeServer.start({ host, trusted, smokeTest: false, extensions, settings });
    const browser = await launchBrowser();
    return new Person(await openWindow(browser, server.url(folder)), async () => {
      await browser.close();
      await server.stop();
    });
  }

  /** One more window on the same folder. Leaving it leaves the first one open. */
  async another(): Promise<Person> {
    const browser = this.page.context().browser();
    if (!browser) throw new Error("The browser is gone");
    const page = await openWindow(browser, this.page.url());
    return new Person(page, () => page.close());
  }

  /**
   * Makes a gesture until its effect shows. A part of the workbench that has just been opened, or has not yet started,
   * drops keys without a word; so a gesture must do no harm when it is made twice. The machine may be slow, and an effect
   * that comes when the gesture is made again would go with it: each time there is more patience, and `gesture` hears how
   * much.
   */
  async insists(gesture: (ms: number) => Promise<unknown>, effect: Locator, within = doubt): Promise<void> {
    const end = Date.now() + patience;
    for (let ms = within; ; ms = Math.min(2 * ms, longestDoubt)) {
      try {
        await gesture(ms);
        await effect.first().waitFor({ timeout: ms });
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /** Runs a command as people do, from the palette. */
  command(title: string): Promise<void> {
    return this.#pick("F1", `>${title}`, title);
  }

  async openFile(name: string): Promise<void> {
    const tab = this.page.locator(".tab.active", { hasText: name });
    await this.insists(() => this.#pick("Control+P", name, name), tab);
    await this.page.locator(".editor-group-container.active .view-line").first().waitFor();
    await this.insists((timeout) => this.lines().first().click({ timeout }), this.focusedEditor());
  }

  /** The input closes when something else takes the focus, such as a view that has just been opened: then again. */
  async #pick(keys: string, typed: string, row: string): Promise<void> {
    const widget = this.page.locator(".quick-input-widget");
    const focused = widget.locator(".monaco-list-row.focused", { hasText: row });
    await this.insists(async (timeout) => {
      await this.page.keyboard.press(keys);
      await widget.locator("input").fill(typed, { timeout });
    }, focused);
    await this.page.keyboard.press("Enter");
  }

  focusedEditor(): Locator {
    return this.page.locator(".editor-group-container.active .monaco-editor.focused");
  }

  /** A lens of the active editor. */
  lens(words: string): Locator {
    return this.page
      .locator(".editor-group-container.active .codelens-decoration a", { hasText: words })
      .first();
  }

  lines(): Locator {
    return this.page.locator(".editor-group-container.active .view-line");
  }

  /** A line of any editor that shows these words. */
  line(words: string): Locator {
    // The editor writes spaces that do not break.
    const pattern = words.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "[ \\u00a0]");
    return this.page.locator(".view-line", { hasText: new RegExp(pattern) });
  }

  async sees(words: string): Promise<void> {
    await this.line(words).first().waitFor();
  }

  async picture(path: string): Promise<void> {
    // A blinking cursor and a late spinner would make every picture differ.
    await this.page.waitForTimeout(500);
    await this.page.screenshot({ path, animations: "disabled" });
  }

  /** What was on the screen when something went wrong, as a picture and in words: a log shows no pictures. */
  async witness(name: string): Promise<string> {
    const folder = join(tmpdir(), "switchback-witness");
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name.replaceAll(/\W+/g, "-")}.png`);
    await this.page.screenshot({ path, timeout: doubt });
    const parts = [
      ".tab.active",
      ".quick-input-widget",
      ".suggest-widget",
      ".action-widget",
      ".notification-toast",
    ];
    const shown = parts.map(async (selector) => {
      const texts = await this.page.locator(`${selector}:visible`).allInnerTexts();
      return texts.map((text) => `  ${selector}: ${text.replaceAll(/\s+/g, " ").slice(0, 300)}\n`).join("");
    });
    const lines = (await this.lines().allInnerTexts()).map((line) => `  | ${line}\n`);
    return `${path}\n${(await Promise.all(shown)).join("")}${lines.join("")}`;
  }

  leave(): Promise<void> {
    return this.#close();
  }
}

async function openWindow(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 760 }, deviceScaleFactor: 2 });
  page.setDefaultTimeout(patience);
  await page.goto(url);
  await page.waitForSelector(".monaco-workbench .part.editor");
  return page;
}
