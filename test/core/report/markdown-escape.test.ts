import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { code, codeBlock, prose } from "#core/report/markdown/escape.ts";
import { renderMarkdown } from "#core/report/markdown.ts";
import { finding, report } from "./sample-report.ts";

interface Renderer {
  readonly linkify: { set(options: object): void };
  render(markdown: string): string;
  renderInline(markdown: string): string;
}

// The package brings no types.
const MarkdownIt = createRequire(import.meta.url)("markdown-it") as new (options: object) => Renderer;
const markdown = new MarkdownIt({ html: true, linkify: true });
// GitHub makes no link of a bare name such as `G.GH`; that `www.` is broken is asked below.
markdown.linkify.set({ fuzzyLink: false });

/** What a reader sees: text without tags, entities decoded, without the characters that have no width. */
function seen(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replaceAll("\u200b", "")
    .trim();
}

const hostile = fc.string({ unit: fc.constantFrom(..."`*_[]()<>|~&#@!\\-+=1.: /abcGH\"'w") });

describe("text from strangers in Markdown", () => {
  it("is one paragraph that reads as it was", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const html = markdown.render(prose(text));
        expect(html.replaceAll(/<\/?p>/g, "")).not.toMatch(/<[a-z/]/);
        expect(seen(html)).toBe(text.trim());
      }),
    );
  });

  it.each([
    ["@octocat", "a mention"],
    ["see #12", "an issue"],
    ["GH-12", "an issue"],
    ["https://evil.example", "a link"],
    ["www.evil.example", "a link"],
    ["<img src=x>", "HTML"],
    ["<!-- switchback:migrations -->", "a marker"],
  ])("does not let %s become %s", (text) => {
    const escaped = prose(text);
    expect(escaped).not.toContain(text);
    expect(escaped).not.toMatch(/(^|\W)@\w|#\d|GH-\d|:\/\/|www\.|</);
  });

  it("refers to the pull requests that are known", () => {
    expect(prose("and #7 and #8", new Set([8]))).toBe("and #\u200b7 and #8");
  });

  it("begins no formula", () => {
    expect(prose("from $a to $b")).toBe("from <span>$</span>a to <span>$</span>b");
  });

  it("keeps names in code font whole", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."`ab "), minLength: 1 }), (text) => {
        fc.pre(text.trim() !== "");
        const html = markdown.renderInline(code(text));
        expect(html).toMatch(/^<code>[^<]*<\/code>$/);
        expect(seen(html)).toBe(text.trim());
      }),
    );
  });

  it("hides nothing in a block, whose tabs and line ends stay", () => {
    const block = codeBlock(["\ta\u202eb\u200b\u{e0041}\r", "\u001b[2J"], "sql");
    expect(block).toBe("```sql\n\ta<U+202E>b<U+200B><U+E0041>\r\n␛[2J\n```");
  });

  it("ends no fold with a name of several lines", () => {
    const findings = Array.from({ length: 7 }, () => finding({ migration: "000001_a\n\n![x](y)" }));
    const text = renderMarkdown(report({ findings }), { limit: 60_000 });
    expect(text).toContain("<code>000001_a␊␊![x](y)</code>");
  });

  it("keeps the lines of a proof apart", () => {
    const text = renderMarkdown(report({ findings: [finding({ proof: "23503\ndetail\n# x" })] }), {
      limit: 9_000,
    });
    expect(text).toContain("23503  \ndetail  \n\\# x");
  });

  it("cannot be closed from inside a block", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom(..."`~\n ab") })), (lines) => {
        const html = markdown.render(codeBlock(lines, "sql"));
        expect(html.match(/<pre>/g)).toHaveLength(1);
        expect(html).toMatch(/^<pre><code class="language-sql">[^<]*<\/code><\/pre>\n$/);
      }),
    );
  });
});
