import { describe, expect, it } from "vitest";
import { annotations } from "#core/report/annotations.ts";
import type { Finding, Report } from "#core/report/model.ts";
import { sarif } from "#core/report/sarif.ts";

const rule = {
  name: "require-concurrent-index",
  summary: "An index is built while writes wait.",
  why: "Writes wait.",
  instead: "Build it with `CONCURRENTLY`.",
  severity: "error" as const,
};

function finding(line: number, more: Partial<Finding> = {}): Finding {
  return {
    rule: rule.name,
    severity: "error",
    message: `index ${line}`,
    file: "migrations/a b#1.up.sql",
    range: { start: { line, column: 3 }, end: { line, column: 9 } },
    ...more,
  };
}

function report(findings: readonly Finding[]): Report {
  const none = { migrations: 1, warnings: 0, infos: 0, fixable: 0, statements: 1, notAnalysed: 0, ms: 1 };
  return {
    version: "0.1.0",
    layout: "golang-migrate",
    folder: "migrations",
    migrations: [],
    findings,
    roundTrips: [],
    summary: { ...none, errors: findings.length },
  };
}

function log(findings: readonly Finding[], lines: Readonly<Record<number, string>> = {}) {
  const lineText = (_: string, line: number) => lines[line] ?? "CREATE INDEX i ON t (c);";
  return JSON.parse(sarif(report(findings), { rules: [rule], helpUri: "https://x/{rule}", lineText }));
}

describe("SARIF", () => {
  it("has everything that code scanning asks for", () => {
    const [run] = log([finding(2)]).runs;
    expect(run.tool.driver.rules).toEqual([
      expect.objectContaining({
        id: rule.name,
        shortDescription: { text: rule.summary },
        fullDescription: { text: rule.why },
        help: { text: expect.any(String), markdown: expect.stringContaining("`CONCURRENTLY`") },
        helpUri: "https://x/require-concurrent-index",
        defaultConfiguration: { level: "error" },
      }),
    ]);
    expect(run.results).toEqual([
      expect.objectContaining({
        ruleId: rule.name,
        ruleIndex: 0,
        level: "error",
        message: { text: "index 2" },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "migrations/a%20b%231.up.sql" },
              region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 9 },
            },
          },
        ],
      }),
    ]);
  });

  it.each([
    ["../db/1_a.up.sql", "../db/1_a.up.sql"],
    ["D:/db/1 a.up.sql", "file:///D:/db/1%20a.up.sql"],
    ["//server/share/1_a.up.sql", "file://server/share/1_a.up.sql"],
  ])("knows where %s is", (file, uri) => {
    const [{ locations }] = log([{ ...finding(1), file }]).runs[0].results;
    expect(locations[0].physicalLocation.artifactLocation).toEqual({ uri });
  });

  it("gives fingerprints that stay when lines move, and differ for equal lines", () => {
    const prints = (found: readonly Finding[]) =>
      log(found).runs[0].results.map((it: { partialFingerprints: object }) =>
        Object.values(it.partialFingerprints).join(),
      );
    expect(prints([finding(2)])).toEqual(prints([finding(40)]));
    expect(new Set(prints([finding(2), finding(3)])).size).toBe(2);
  });
});

describe("annotations", () => {
  it("say the worst first and count what does not fit", () => {
    const many = Array.from({ length: 30 }, (_, n) => finding(n + 1));
    const told = annotations(report([finding(99, { severity: "warning" }), ...many]));
    expect(told).toHaveLength(11);
    expect(told[0]).toMatchObject({ level: "error", line: 1, column: 3, endColumn: 8 });
    expect(told[9]?.message).toContain("and 21 more errors");
    expect(told[10]).toMatchObject({ level: "warning", line: 99 });
  });

  it("give columns only within one line", () => {
    const range = { start: { line: 1, column: 5 }, end: { line: 3, column: 1 } };
    const [annotation] = annotations(report([finding(1, { range })]));
    expect(annotation).toMatchObject({ line: 1, endLine: 2 });
    expect(annotation).not.toHaveProperty("column");
  });

  it("leave out what stands at its line already", () => {
    const told = finding(1);
    expect(annotations(report([told]), new Set([told]))).toEqual([]);
  });
});
