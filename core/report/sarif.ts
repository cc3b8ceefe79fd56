import { createHash } from "node:crypto";
import type { Finding, Location, Report, Severity } from "./model.ts";
import { ranked } from "./rank.ts";

/** What code scanning shows about a rule. */
export interface RuleText {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly why: string;
  /** Markdown. */
  readonly instead: string;
  readonly severity: Severity;
}

export interface SarifOptions {
  readonly rules: readonly RuleText[];
  /** Address of a rule's page; `{rule}` stands for its name. */
  readonly helpUri: string;
  /** Text of a line, for fingerprints that survive when lines move. */
  readonly lineText: (file: string, line: number) => string;
}

const levels = { error: "error", warning: "warning", info: "note" } as const;
/** Code scanning refuses a run with more results. */
const mostResults = 25_000;
const mostText = 1024;

/** The findings as a SARIF 2.1.0 log that GitHub code scanning accepts. */
export function sarif(report: Report, { rules, helpUri, lineText }: SarifOptions): string {
  const findings = ranked(report.findings).slice(0, mostResults);
  const used = rules.filter((rule) => findings.some((finding) => finding.rule === rule.name));
  const seen = new Map<string, number>();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Switchback",
            semanticVersion: report.version,
            rules: used.map((rule) => describe(rule, helpUri)),
          },
        },
        automationDetails: { id: `switchback/${report.folder}/` },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ...(used.some((rule) => rule.name === finding.rule)
            ? { ruleIndex: used.findIndex((rule) => rule.name === finding.rule) }
            : {}),
          level: levels[finding.severity],
          message: { text: messageText(finding) },
          locations: [location(finding)],
          ...related(finding),
          partialFingerprints: {
            primaryLocationLineHash: fingerprint(
              finding,
              lineText(finding.file, finding.range.start.line),
              seen,
            ),
          },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function describe(rule: RuleText, helpUri: string) {
  const text = `${rule.why}\n\n${rule.instead}`;
  return {
    id: rule.name,
    name: rule.name,
    shortDescription: { text: rule.summary.slice(0, mostText) },
    fullDescription: { text: rule.why.slice(0, mostText) },
    help: { text, markdown: text },
    helpUri: helpUri.replace("{rule}", rule.name),
    defaultConfiguration: { level: levels[rule.severity] },
    properties: {
      precision: "high",
      "problem.severity": rule.severity === "info" ? "recommendation" : rule.severity,
      tags: ["postgresql", "migrations"],
    },
  };
}

function messageText(finding: Finding): string {
  return [finding.message, finding.proof, finding.help].filter((part) => part).join("\n");
}

function location({ file, range }: Location) {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: {
        startLine: range.start.line,
        startColumn: range.start.column,
        endLine: range.end.line,
        endColumn: range.end.column,
      },
    },
  };
}

/** Relative, as code scanning wants it. What lies on another drive or share of Windows has no relative path. */
function uriOf(file: string): string {
  const encoded = file.split("/").map(encodeURIComponent).join("/");
  if (file.startsWith("//")) return `file:${encoded}`;
  return encoded.replace(/^([A-Za-z])%3A\//, "file:///$1:/");
}

function related(finding: Finding) {
  if (!finding.related?.length) return {};
  return {
    relatedLocations: finding.related.map((other, id) => ({
      id,
      message: { text: other.message },
      ...location(other.location),
    })),
  };
}

/** Rule, file and the text of the line; a counter tells equal lines of one file apart. */
function fingerprint(finding: Finding, line: string, seen: Map<string, number>): string {
  const key = [finding.rule, finding.file, line.trim()].join("\0");
  const hash = createHash("sha256").update(key).digest("hex").slice(0, 16);
  const nth = (seen.get(hash) ?? 0) + 1;
  seen.set(hash, nth);
  return `${hash}:${nth}`;
}
