import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { carefulGit } from "#core/author/disk/careful-git.ts";
import { shellWord } from "#core/author/shell-word.ts";
import type { CheckInput } from "#core/check-input.ts";
import type { Report } from "#core/report/model.ts";

/** The report with `mv` where a help says `git mv` of a file that git does not follow, and would refuse to move. */
export function withPlainMoves<R extends Report>(report: R, { files }: CheckInput, folder: string): R {
  const isMove = ({ help }: { readonly help?: string }) => help?.includes("  git mv ") === true;
  if (!report.findings.some(isMove)) return report;
  const tracked = trackedIn(folder);
  const cwd = process.cwd();
  const untracked = files.map(({ path }) => path).filter((path) => !tracked.has(resolve(cwd, path)));
  const findings = report.findings.map((finding) =>
    finding.help !== undefined && isMove(finding)
      ? { ...finding, help: untracked.reduce(withPlainMove, finding.help) }
      : finding,
  );
  return { ...report, findings };
}

function withPlainMove(help: string, path: string): string {
  return help.replaceAll(`  git mv ${shellWord(path)} `, `  mv ${shellWord(path)} `);
}

/** Full paths. Empty where there is no git, or no repository. */
function trackedIn(folder: string): ReadonlySet<string> {
  const { args, cwd, env } = carefulGit(folder, ["ls-files", "-z"]);
  const { status, stdout } = spawnSync("git", args, {
    cwd,
    env,
    encoding: "utf8",
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  if (status !== 0) return new Set();
  return new Set(stdout.split("\0").map((name) => resolve(folder, name)));
}
