import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { renderGitlab } from "#core/report/gitlab.ts";
import { renderJunit } from "#core/report/junit.ts";
import { renderWorkflowCommands } from "#core/report/workflow-commands.ts";
import { at, finding, report, roundTrip } from "./sample-report.ts";

const nasty = finding({
  rule: "drop-table",
  message: 'a "b" <c> & d\u0001 ]]> 😀',
  help: "first\nsecond, 100%",
  range: at(2, 3, 4, 1),
});
const sample = report({
  findings: [nasty, finding({ severity: "warning" }), finding({ severity: "info", message: "a remark" })],
  roundTrips: [
    roundTrip("000001_a", { status: "reversible" }),
    roundTrip("000002_b", { status: "drift" }),
    roundTrip("000003_c", { status: "skipped", reason: "it needs PostGIS" }),
  ],
});

/** The attributes of each element in the JUnit schema that Jenkins publishes. */
const junitSchema: Readonly<Record<string, readonly string[]>> = {
  testsuites: ["name", "tests", "failures", "errors", "skipped", "time"],
  testsuite: ["name", "tests", "failures", "errors", "skipped", "time"],
  testcase: ["name", "classname", "file", "time"],
  failure: ["message", "type"],
  skipped: ["message"],
  "system-out": [],
};
const children: Readonly<Record<string, readonly string[]>> = {
  "": ["testsuites"],
  testsuites: ["testsuite"],
  testsuite: ["testcase"],
  testcase: ["failure", "skipped", "system-out"],
};

describe("JUnit", () => {
  it.each([
    ["everything", sample],
    ["nothing", report()],
  ])("is well-formed and keeps to the schema: %s", (_, given) => {
    const open: string[] = [];
    const [declaration, ...rest] = renderJunit(given).split("\n");
    expect(declaration).toBe('<?xml version="1.0" encoding="UTF-8"?>');
    for (const [, tag = "", body = ""] of rest.join("\n").matchAll(/<([^>]*)>([^<]*)/g)) {
      expect(body).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#\d+;)/);
      if (tag.startsWith("/")) {
        expect(open.pop()).toBe(tag.slice(1));
        continue;
      }
      const name = /^[\w-]+/.exec(tag)?.[0] ?? "";
      expect(children[open.at(-1) ?? ""]).toContain(name);
      const attributes = tag.slice(name.length).replace(/\/$/, "");
      expect(attributes).toMatch(/^(?:\s+\w+="[^"<]*")*$/);
      for (const [, key] of attributes.matchAll(/(\w+)=/g)) expect(junitSchema[name]).toContain(key);
      if (!tag.endsWith("/")) open.push(name);
    }
    expect(open).toEqual([]);
  });

  it("counts what it holds, and has no character that XML forbids", () => {
    const xml = renderJunit(sample);
    expect(xml).toContain('<testsuites name="switchback" tests="4" failures="2" errors="0" skipped="1"');
    expect(xml).toContain("a &quot;b&quot; &lt;c&gt; &amp; d\uFFFD ]]&gt; 😀");
    expect(xml).toContain("<system-out>");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
  });
});

describe("GitLab Code Quality", () => {
  const schema = {
    type: "array",
    items: {
      type: "object",
      required: ["description", "check_name", "fingerprint", "severity", "location"],
      properties: {
        description: { type: "string", minLength: 1 },
        check_name: { type: "string", minLength: 1 },
        fingerprint: { type: "string", minLength: 1 },
        severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
        location: {
          type: "object",
          required: ["path", "lines"],
          properties: {
            path: { type: "string", pattern: "^[^/.]" },
            lines: {
              type: "object",
              required: ["begin"],
              properties: { begin: { type: "integer", minimum: 1 }, end: { type: "integer", minimum: 1 } },
            },
          },
        },
      },
    },
  };

  it("keeps to the documented format, with a fingerprint for each", () => {
    const issues = JSON.parse(renderGitlab(sample, () => "DROP TABLE a;"));
    expect(new Ajv().validate(schema, issues)).toBe(true);
    expect(issues).toHaveLength(4);
    expect(new Set(issues.map((it: { fingerprint: string }) => it.fingerprint)).size).toBe(4);
    expect(issues[0].location.lines).toEqual({ begin: 2, end: 3 });
  });

  it("gives the same fingerprint when lines move", () => {
    const print = (line: number) =>
      JSON.parse(renderGitlab(report({ findings: [finding({ range: at(line, 1, line, 2) })] }), () => "x"))[0]
        .fingerprint;
    expect(print(1)).toBe(print(40));
  });
});

describe("workflow commands", () => {
  it("escape what would end them", () => {
    const [line] = renderWorkflowCommands(report({ findings: [nasty] })).split("\n");
    expect(line).toContain("::error title=drop-table,file=migrations/000001_a.up.sql,line=2,endLine=3::");
    expect(line).toContain("first%0Asecond, 100%25");
    expect(line).toContain("& d␁ ]]>");
  });
});
