import { describe, expect, it } from "vitest";
import { annotations } from "#core/report/annotations.ts";
import { renderMarkdown } from "#core/report/markdown.ts";
import { finding, report } from "./sample-report.ts";

/** What a reviewer reads in a comment, in the order of the page. */

const limit = 60_000;
const migrations = [{ version: "000001", name: "000001_a" }];
const syntax = finding({ rule: "syntax-error", label: "did you mean PRIMARY?", why: "It is refused." });

describe("the heading", () => {
  it("names the folder where there may be others", () => {
    const found = report({ migrations, findings: [finding({ migration: "000001_a" })] });
    const well = report({ migrations });
    const which = "in `db/auth`";
    expect(renderMarkdown(found, { limit, which })).toMatch(/^### Migrations in `db\/auth`: 1 of 1 needs/);
    expect(renderMarkdown(well, { limit, which })).toMatch(/^✓ \*\*Migrations in `db\/auth`:\*\* 1 checked/);
    expect(renderMarkdown(well, { limit })).toMatch(/^✓ \*\*Migrations:\*\*/);
  });
});

describe("the table", () => {
  it("has no column for what was not tried", () => {
    const text = renderMarkdown(report({ migrations, findings: [syntax] }), { limit });
    expect(text).toContain("| migration | findings |\n|---|---|\n| `000001_a` |");
  });
});

describe("a finding", () => {
  it("shows the words of its line where it has no help", () => {
    expect(renderMarkdown(report({ findings: [syntax] }), { limit })).toContain(
      "`syntax-error` · did you mean PRIMARY?\n",
    );
    expect(annotations(report({ findings: [syntax] }))[0]?.message).toContain("did you mean PRIMARY?");
    const helped = finding({ label: "takes SHARE", help: "build it without blocking writes\n  SELECT 1;" });
    const text = renderMarkdown(report({ findings: [helped] }), { limit });
    expect(text).not.toContain("takes SHARE");
    expect(text).toContain("**Help:** build it without blocking writes\n\n```sql\nSELECT 1;\n```");
  });

  it("that does not fit is said to be where everything is", () => {
    const findings = Array.from({ length: 40 }, () => finding({ why: "w".repeat(100) }));
    const text = renderMarkdown(report({ findings }), {
      limit: 2000,
      whole: "[the summary](https://x.example)",
    });
    expect(text).toMatch(/more findings\*\* did not fit here: see \[the summary\]\(https:\/\/x\.example\)\./);
  });
});

it("why nothing was proved keeps its lines", () => {
  const unproved = "nothing was proved: no engine\n  --engine pglite   is here";
  expect(renderMarkdown(report({ migrations, unproved }), { limit })).toContain(
    "> ⚠ nothing was proved: no engine  \n> \\--engine pglite   is here\n",
  );
});
