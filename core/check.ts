import { changedPaths, differingPaths } from "./changed-paths.ts";
import type { CheckInput } from "./check-input.ts";
import type { CheckPorts } from "./check-ports.ts";
import type { Config } from "./config/config.ts";
import { earlierFindings } from "./earlier-findings.ts";
import { uselessFixtureFindings } from "./fixture-findings.ts";
import { fileChanges } from "./history/changes.ts";
import { compareHistory } from "./history/compare-history.ts";
import { withoutTold } from "./history/one-cause.ts";
import { lint } from "./lint/lint.ts";
import type { LintInput, LintResult } from "./lint/lint-input.ts";
import { ruleOverrides } from "./lint/rule-overrides.ts";
import { mergeProof } from "./merge-proof.ts";
import { historyEnd } from "./migration/history-end.ts";
import { isVersion } from "./migration/is-version.ts";
import type { Layout } from "./migration/layout/layout.ts";
import { layouts } from "./migration/layout/layouts.ts";
import type { Migration } from "./migration/model.ts";
import { type FolderReading, readMigrations } from "./migration/read-migrations.ts";
import { EngineAhead } from "./postgres/engine-ahead.ts";
import { type Proof, prove } from "./prove.ts";
import type { EngineInfo, Finding, MigrationInfo, Report, Shard, Summary } from "./report/model.ts";
import { uselessFixtures } from "./roundtrip/data/fixtures.ts";
import { partOf } from "./shard.ts";
import { version } from "./version.ts";
import { walkFindings } from "./walk-findings.ts";

/**
 * The one use-case: files in, report out. Expected failures are values in the report; rejects with the signal's reason
 * when it was aborted.
 */
export async function check(asked: CheckInput, ports: CheckPorts): Promise<Report> {
  const started = Date.now();
  const layout = layoutOf(asked.config);
  const reading = readMigrations(asked.folder, asked.files, layout);
  const touched = asked.changed && differingPaths(asked.changed, asked);
  const input = touched ? { ...asked, changed: changedPaths(touched, reading) } : asked;
  const whole = reading.migrations.filter((migration) => isReported(migration, input, reading));
  const reported = input.shard ? partOf(whole, input.shard) : whole;
  const paths = new Set(whole.flatMap(filesOf));

  const isProved = input.prove && reported.length > 0;
  const engine = isProved && ports.openEngine ? new EngineAhead(ports.openEngine) : undefined;
  let linted: LintResult | undefined;
  let proof: Proof | undefined;
  try {
    const judged = ports.judgeByServer ? await engine?.major() : undefined;
    if (input.lint) linted = await (ports.lint ?? lint)(lintInput(input, reading, paths, judged));
    ports.onProgress?.({ kind: "linted", files: reading.files.length });
    ports.signal?.throwIfAborted();
    if (engine && !linted?.foreign)
      proof = await prove({ input, ports, folder: reading, whole, reported }, engine.take);
  } finally {
    await engine?.stop();
  }

  const migrations = reported.map(infoOf);
  const seen = [
    ...unreadable(input),
    ...(proof ? uselessFixtureFindings(uselessFixtures(input.fixtures ?? [], reading.migrations)) : []),
    ...withHistory(linted?.findings ?? [], input, reading).filter(isNoHalfOf(unreadHalves(input, layout))),
  ];
  const foreseen = input.shard ? seen.filter(carriedBy(input.shard, reported, whole)) : seen;
  const findings = proof?.engine
    ? inOrder(withProof(foreseen, proof, proof.engine, whole.map(infoOf)), migrations)
    : foreseen;
  return {
    version,
    layout: layout.name,
    folder: input.folder,
    ...(proof?.engine ? { engine: proof.engine } : {}),
    ...(proof?.unproved === undefined ? {} : { unproved: proof.unproved }),
    migrations,
    findings,
    roundTrips: proof?.roundTrips ?? [],
    ...(proof?.walkDown ? { walkDown: proof.walkDown } : {}),
    ...(proof?.clusterObjects ? { clusterObjects: proof.clusterObjects } : {}),
    ...(input.shard ? { shard: input.shard } : {}),
    summary: {
      ...countFindings(findings),
      migrations: migrations.length,
      statements: linted?.statements ?? 0,
      notAnalysed: linted?.notAnalysed ?? 0,
      ms: Date.now() - started,
    },
  };
}

function layoutOf({ layout }: Config): Layout {
  const found = layouts[layout];
  if (!found) throw new Error(`the configuration names a layout that does not exist: ${layout}`);
  return found;
}

/** A finding goes with its migration or its file; what belongs to neither is told by the first shard. */
function carriedBy({ index }: Shard, own: readonly Migration[], whole: readonly Migration[]) {
  const keys = (migrations: readonly Migration[]) =>
    new Set(migrations.flatMap((migration) => [migration.name, ...filesOf(migration)]));
  const [mine, everyone] = [keys(own), keys(whole)];
  return ({ migration, file }: Finding): boolean => {
    const key = migration !== undefined && everyone.has(migration) ? migration : file;
    return everyone.has(key) ? mine.has(key) : index === 1;
  };
}

/** The baseline is applied and simulated, and not spoken of. */
function isReported(
  migration: Migration,
  { only, changed, everything, config }: CheckInput,
  folder: FolderReading,
): boolean {
  if (only && !only.some((wanted) => isVersion(migration, wanted))) return false;
  const { startAfter } = config;
  if (startAfter !== undefined && folder.layout.compare(migration.key, historyEnd(folder, startAfter)) <= 0)
    return false;
  return !changed || everything || filesOf(migration).some((path) => changed.has(path));
}

function filesOf({ up, down }: Migration): string[] {
  return [up, down].flatMap((script) => (script ? [script.file.path] : []));
}

function infoOf({ version, name, up, down }: Migration): MigrationInfo {
  return {
    version,
    name,
    ...(up ? { up: up.file.path } : {}),
    ...(down ? { down: down.file.path } : {}),
  };
}

/** Versions that somebody names are no change set: what one of them made is in production when the next one runs. */
function mergedPaths({ base, only }: CheckInput, { migrations }: FolderReading) {
  if (base) return new Set(base.files.map(({ path }) => path));
  return only && new Set(migrations.flatMap(filesOf));
}

/** `server`: the major version of the user's, where that is what the rules judge for. */
function lintInput(
  input: CheckInput,
  folder: FolderReading,
  paths: ReadonlySet<string>,
  server: number | undefined,
): LintInput {
  const { preset, rules, overrides, postgres, target, startAfter } = input.config;
  // Files that are no migrations, such as a misspelt name, are in scope as far as the change set goes.
  const scope = input.only ? paths : input.everything ? undefined : input.changed;
  const merged = mergedPaths(input, folder);
  return {
    folder,
    preset,
    rules,
    overrides,
    postgres: target ?? server ?? postgres,
    ...(scope ? { changed: scope } : {}),
    ...(merged ? { merged } : {}),
    ...(startAfter === undefined ? {} : { startAfter }),
  };
}

function withHistory(linted: readonly Finding[], input: CheckInput, reading: FolderReading): Finding[] {
  const { base, changed, pulls = [], folder, files } = input;
  if (!input.lint || (!base && pulls.length === 0)) return [...linted];
  const before = base ? readMigrations(folder, base.files, reading.layout) : reading;
  const compared = {
    head: reading.migrations,
    files: reading.files,
    programs: [reading, before].flatMap(({ programs = [] }) => programs.map(({ version }) => version)),
    base: before.migrations,
    baseFiles: before.files,
    ref: base?.ref ?? "the base branch",
    cloneRef: base?.cloneRef ?? base?.ref ?? "",
    changes: fileChanges(base?.files ?? [], files, (path) => changed?.has(path) ?? true),
    pulls,
    folder,
    layout: reading.layout,
  };
  const findings = compareHistory(compared);
  const told = findings.flatMap((finding) => withSeverity(finding, input));
  return [...withoutTold(linted, told, compared), ...told];
}

function unreadable(input: CheckInput): Finding[] {
  const start = { line: 1, column: 1 };
  return (input.unreadable ?? []).flatMap(({ path, reason }) =>
    withSeverity(
      {
        rule: "unreadable-file",
        severity: "error",
        message: `the file cannot be read: ${reason}`,
        help: "make it readable for whoever runs this, or take it out of the folder",
        file: path,
        range: { start, end: start },
      },
      input,
    ),
  );
}

/** Migrations of which a file is there that could not be read. */
function unreadHalves({ unreadable = [], folder }: CheckInput, layout: Layout): ReadonlySet<string> {
  const prefix = folder === "" || folder === "." ? "" : `${folder.replace(/\/+$/, "")}/`;
  const files = unreadable.map(({ path }) => ({
    file: { path, text: "", bom: false },
    name: path.slice(prefix.length),
  }));
  return new Set(layout.read(files).migrations.map(({ name }) => name));
}

/** The half that could not be read is not missing. */
function isNoHalfOf(unread: ReadonlySet<string>): (finding: Finding) => boolean {
  return ({ rule, migration = "" }) => !(/^missing-(?:up|down)$/.test(rule) && unread.has(migration));
}

/** What the configuration says about a rule that does not go through `lint`. */
function withSeverity(finding: Finding, { config, folder }: CheckInput): Finding[] {
  const { rule, file } = finding;
  const severity = ruleOverrides(config.overrides, folder)(rule, file) ?? config.rules[rule];
  if (severity === "off") return [];
  return [severity === undefined ? finding : { ...finding, severity }];
}

function withProof(
  foreseen: readonly Finding[],
  { roundTrips, walkDown, earlier = [] }: Proof,
  engine: EngineInfo,
  migrations: readonly MigrationInfo[],
): Finding[] {
  const merged = mergeProof(foreseen, roundTrips, migrations, engine);
  return [
    ...earlierFindings(earlier, engine),
    ...merged,
    ...(walkDown ? walkFindings(walkDown, migrations, engine) : []),
  ];
}

/** Findings of one migration stand together, in the order of the migrations; those about the folder come first. */
function inOrder(findings: readonly Finding[], migrations: readonly MigrationInfo[]): Finding[] {
  const places = new Map(migrations.map(({ name }, index) => [name, index]));
  const place = ({ migration }: Finding) => (migration === undefined ? -1 : (places.get(migration) ?? -1));
  return findings.toSorted((a, b) => place(a) - place(b));
}

function countFindings(
  findings: readonly Finding[],
): Pick<Summary, "errors" | "warnings" | "infos" | "fixable"> {
  const count = (severity: Finding["severity"]) =>
    findings.filter((finding) => finding.severity === severity).length;
  return {
    errors: count("error"),
    warnings: count("warning"),
    infos: count("info"),
    fixable: findings.filter((finding) => finding.fix !== undefined).length,
  };
}
