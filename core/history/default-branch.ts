import { spawn } from "node:child_process";
import { carefulGit } from "../author/disk/careful-git.ts";

/** Where nobody said which branch is the default: a clone that CI made by fetching has no `origin/HEAD`. */
const usual = ["refs/remotes/origin/main", "refs/remotes/origin/master"];

/** The branch that pull requests go to, as far as this clone knows: `origin/main`. */
export function defaultBranch(folder: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const { args, cwd, env } = carefulGit(folder, [
      "for-each-ref",
      "--format=%(refname) %(symref)",
      "refs/remotes/origin/HEAD",
      ...usual,
    ]);
    const child = spawn("git", args, { cwd, env, stdio: ["ignore", "pipe", "ignore"] });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString("utf8");
    });
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve(code === 0 ? chosen(out) : undefined));
  });
}

function chosen(refs: string): string | undefined {
  const known = new Map(refs.split("\n").map((line) => line.split(" ") as [string, string]));
  const ref = known.get("refs/remotes/origin/HEAD") || usual.find((it) => known.has(it));
  return ref?.replace(/^refs\/remotes\//, "");
}
