import { spawnSync } from "node:child_process";
import { carefulGit } from "#core/author/disk/careful-git.ts";

/** The host that a repository was cloned from: `gitlab.example.org`. */
export function originHost(root: string): string | undefined {
  const { args, cwd, env } = carefulGit(root, ["config", "--get", "remote.origin.url"]);
  const { status, stdout } = spawnSync("git", args, { cwd, env, encoding: "utf8" });
  if (status !== 0) return undefined;
  // https://user@host:8443/group/project.git, ssh://git@host/group/project.git, git@host:group/project.git
  return /^(?:[a-z+]+:\/\/(?:[^/@]*@)?|[^/@:]+@)([^/:]+)/i.exec(stdout.trim())?.[1]?.toLowerCase();
}
