/**
 * What a job waits for: the committed bundle on a pull request with one finding, from the start of its process.
 * GitHub is a stand-in on this machine, so what its network costs is not in here.
 *
 *     npm run bench -- action [rounds]
 */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { findInstallations } from "#core/postgres/embedded/open-embedded.ts";
import type { JsonReport } from "#core/report/json.ts";
import { type BundleResult, runBundle } from "../../test/action/run-bundle.ts";
import { merged, pullPayload, shop, slow } from "../../test/action/scenarios/shop.ts";
import { findNode } from "../../test/support/host/find-node.ts";
import { median } from "./median.ts";

const dist = join(import.meta.dirname, "../../action/dist");
const rounds = Number(process.argv[2] ?? 5);
const node24 = findNode(24);
const node = node24.found ? node24.path : process.execPath;

const bytes = readdirSync(dist).reduce((sum, file) => sum + statSync(join(dist, file)).size, 0);
print(`the Action on a pull request of one migration, ${rounds} rounds, medians, ${runtime()}`);
print(`  bundle                ${(bytes / 1e6).toFixed(1)} MB (limit 25)`);
await measure("without a database", { "round-trip": "off" }, " (limit 2 s)");
await measure("PGlite", { engine: "pglite" });
if ((await findInstallations(18)).length > 0) await measure("PostgreSQL's binaries", { engine: "embedded" });
else print("  PostgreSQL's binaries  skipped: PostgreSQL 18 is not installed");

async function measure(what: string, inputs: Readonly<Record<string, string>>, limit = ""): Promise<void> {
  // The first run fills the system's page cache, and makes the cluster that later ones copy.
  await once(inputs);
  const runs: BundleResult[] = [];
  for (let i = 0; i < rounds; i++) runs.push(await once(inputs));
  const finding = median(runs.map((run) => run.heardAfter("require-concurrent-index") ?? Number.NaN));
  const whole = median(runs.map(({ ms }) => ms));
  print(`  ${what.padEnd(22)}first finding after ${seconds(finding)}${limit}, whole run ${seconds(whole)}`);
}

async function once(inputs: Readonly<Record<string, string>>): Promise<BundleResult> {
  const github = await shop();
  try {
    const run = await runBundle(github, {
      bundle: join(dist, "main.mjs"),
      node,
      event: "pull_request",
      payload: pullPayload(github, github.state.open(7, "main", slow)),
      checkout: { ...merged, ...slow },
      inputs,
    });
    const report = JSON.parse(run.file("temp/switchback-report.json") ?? "{}") as JsonReport;
    const proved = report.roundTrips?.[0]?.status === "reversible" && report.engine?.name === inputs.engine;
    if (run.outputs["error-count"] !== "1" || (inputs.engine !== undefined && !proved))
      throw new Error(`The run did not do what is measured:\n${run.log}`);
    return run;
  } finally {
    await github.stop();
  }
}

function runtime(): string {
  return node24.found ? "Node 24" : `Node ${process.version} (${node24.reason})`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
