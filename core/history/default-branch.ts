import { spawn } from "node:child_process";
import { carefulGit } from "../author/disk/careful-git.ts";

/** The branch that pull requests go to, as far as this clone knows: `origin/main`. */
export function defaultBranch(folder: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const { args, cwd, env } = carefulGit(folder, [
      "symbolic-ref",
      "--quiet",
      "--short",
      "refs/remotes/origin/HEAD",
    ]);
    const child = spawn("git", args, { cwd, env, stdio: ["ignore", "pipe", "ignore"] });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString("utf8");
    });
    child.on("error", () => resolve(undefined));
    child.on("close", (code) => resolve(code === 0 && out.trim() !== "" ? out.trim() : undefined));
  });
}
