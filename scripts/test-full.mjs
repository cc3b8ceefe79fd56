// Installs what the full tests need on this host (Debian or Ubuntu, as root), then runs every test.
// What cannot be installed here is skipped by name; the last line counts what ran.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const packages = {
  dockerd: "docker.io",
  debootstrap: "debootstrap",
  chromium: "chromium",
  pg_dump: "postgresql-client",
  git: "git",
  unzip: "unzip",
};

function has(command) {
  return spawnSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" }).status === 0;
}

function installHostTools() {
  const missing = Object.entries(packages).filter(([command]) => !has(command));
  if (missing.length === 0) return;
  if (!has("apt-get") || process.getuid?.() !== 0) {
    console.log(`Not installed here (needs root and apt): ${missing.map(([, name]) => name).join(", ")}`);
    return;
  }
  const names = [...missing.map(([, name]) => name), "fonts-dejavu-core"];
  console.log(`Installing ${names.join(", ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit", env });
  execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...names], {
    stdio: ["ignore", "ignore", "inherit"],
    env,
  });
}

installHostTools();

const folder = mkdtempSync(join(tmpdir(), "switchback-full-"));
const results = join(folder, "results.json");
const run = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${results}`,
    ...process.argv.slice(2),
  ],
  { stdio: "inherit", env: { ...process.env, SWITCHBACK_FULL: "1" } },
);

try {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
    readFileSync(results, "utf8"),
  );
  const skipped = testResults.flatMap((file) =>
    file.assertionResults.filter((test) => test.status === "pending"),
  );
  if (skipped.length > 0) console.log("\nSkipped by name:");
  for (const test of skipped) console.log(`  ${test.fullName}`);
  console.log(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = run.status ?? 1;
