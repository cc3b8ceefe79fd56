import type { Finding, Report, RoundTrip } from "./model.ts";
import { isFailed, verdictWords } from "./verdict-words.ts";

/**
 * JUnit XML as Jenkins, GitLab, CircleCI and Azure read it: one suite for the files, one for the round trips. A file
 * fails with its errors and warnings; remarks stand in its output.
 */
export function renderJunit(report: Report): string {
  const lint = files(report);
  const proof = report.roundTrips.map(roundTripCase);
  const suites = [
    ...(lint.length > 0 || proof.length === 0 ? [suite("switchback lint", lint)] : []),
    ...(proof.length > 0 ? [suite("switchback roundtrip", proof)] : []),
  ];
  const totals = counts([...lint, ...proof]);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="switchback" ${totals} time="${seconds(report.summary.ms)}">
${suites.join("\n")}
</testsuites>
`;
}

interface Case {
  readonly text: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly ms: number;
}

function suite(name: string, cases: readonly Case[]): string {
  const time = seconds(cases.reduce((sum, { ms }) => sum + ms, 0));
  const body = cases.map(({ text }) => `\n${text}`).join("");
  return `  <testsuite name="${name}" ${counts(cases)} time="${time}">${body}\n  </testsuite>`;
}

function counts(cases: readonly Case[]): string {
  const count = (outcome: Case["outcome"]) => cases.filter((it) => it.outcome === outcome).length;
  return `tests="${cases.length}" failures="${count("failed")}" errors="0" skipped="${count("skipped")}"`;
}

/** Every file of the report, also those without findings: a test that vanished looks like one that was not run. */
function files({ migrations, findings }: Report): Case[] {
  const named = migrations.flatMap(({ up, down }) => [up, down].filter((path) => path !== undefined));
  const paths = new Set([...named, ...findings.map(({ file }) => file)]);
  return [...paths].map((file) =>
    fileCase(
      file,
      findings.filter((finding) => finding.file === file),
    ),
  );
}

function fileCase(file: string, findings: readonly Finding[]): Case {
  const failures = findings.filter(({ severity }) => severity !== "info");
  const remarks = findings.filter(({ severity }) => severity === "info");
  const parts = [
    // One failure per case is what every reader understands, so all of them stand in it.
    ...(failures.length > 0
      ? [
          `      <failure message="${attribute(failures.map(({ message }) => message).join("; "))}" type="${attribute(failures[0]?.rule ?? "")}">${text(failures.map(lines).join("\n\n"))}</failure>`,
        ]
      : []),
    ...(remarks.length > 0
      ? [`      <system-out>${text(remarks.map(lines).join("\n\n"))}</system-out>`]
      : []),
  ];
  return element(file, file, 0, parts, failures.length > 0 ? "failed" : "passed");
}

function roundTripCase(roundTrip: RoundTrip): Case {
  const { name, verdict, phases, ms } = roundTrip;
  const words = verdictWords(roundTrip);
  if (verdict.status === "skipped") {
    return element(name, undefined, ms, [`      <skipped message="${attribute(words)}"/>`], "skipped");
  }
  if (!isFailed(verdict)) return element(name, undefined, ms, [], "passed");
  const told = phases.flatMap(({ error, changes }) => [
    ...(error ? [`${error.file}: ${error.sqlstate ?? ""} ${error.message}`] : []),
    ...changes.map((change) => change.words),
  ]);
  const failure = `      <failure message="${attribute(words)}" type="${verdict.status}">${text(told.join("\n"))}</failure>`;
  return element(name, undefined, ms, [failure], "failed");
}

function element(
  name: string,
  file: string | undefined,
  ms: number,
  parts: readonly string[],
  outcome: Case["outcome"],
): Case {
  const where = file === undefined ? "" : ` file="${attribute(file)}"`;
  const head = `    <testcase name="${attribute(name)}" classname="switchback"${where} time="${seconds(ms)}"`;
  const body = parts.length === 0 ? `${head}/>` : `${head}>\n${parts.join("\n")}\n    </testcase>`;
  return { text: body, outcome, ms };
}

function lines({ file, range, rule, severity, message, help, proof }: Finding): string {
  const head = `${file}:${range.start.line}:${range.start.column}: ${severity}: ${message} (${rule})`;
  return [head, proof, help].filter((part) => part !== undefined).join("\n");
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function attribute(value: string): string {
  return text(value).replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
}

function text(value: string): string {
  return legal(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** XML 1.0 has no way to write most control characters, half surrogates, U+FFFE and U+FFFF. */
function legal(value: string): string {
  let out = "";
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    const bad =
      (code < 0x20 && code !== 9 && code !== 10) ||
      (code >= 0xd800 && code <= 0xdfff) ||
      (code & 0xfffe) === 0xfffe;
    out += bad ? "\uFFFD" : character;
  }
  return out;
}
