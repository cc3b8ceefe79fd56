import type { Finding, Report, RoundTrip, Verdict } from "#core/report/model.ts";

export const at = (line: number, column: number, endLine: number, endColumn: number) => ({
  start: { line, column },
  end: { line: endLine, column: endColumn },
});

export function finding(fields: Partial<Finding> = {}): Finding {
  return {
    rule: "some-rule",
    severity: "error",
    message: "something is wrong",
    file: "migrations/000001_a.up.sql",
    range: at(1, 1, 1, 1),
    ...fields,
  };
}

export function roundTrip(name: string, verdict: Verdict, fields: Partial<RoundTrip> = {}): RoundTrip {
  return {
    version: name.split("_")[0] ?? "",
    name,
    verdict,
    phases: (["up", "down", "redo"] as const).map((phase) => ({ phase, ms: 3, changes: [] })),
    ms: 12,
    ...fields,
  };
}

export function report(fields: Partial<Report> = {}): Report {
  const roundTrips = fields.roundTrips ?? [];
  const findings = fields.findings ?? [];
  const count = (severity: string) => findings.filter((it) => it.severity === severity).length;
  return {
    version: "0.1.0",
    layout: "golang-migrate",
    folder: "migrations",
    engine: { name: "embedded", postgres: "18.4" },
    migrations: roundTrips.map(({ name, version }) => ({ name, version })),
    findings,
    roundTrips,
    summary: {
      migrations: roundTrips.length,
      errors: count("error"),
      warnings: count("warning"),
      infos: count("info"),
      fixable: 0,
      statements: 10,
      notAnalysed: 0,
      ms: 1234,
    },
    ...fields,
  };
}
