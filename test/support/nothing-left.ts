import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { Session } from "#core/postgres/session.ts";

/** Where a run may leave something. */
export interface Place {
  /** The temporary folder of the run, which nobody else uses; it was empty before. */
  readonly folder: string;
  /** A session on the server that the run worked on, and what was on that server before. */
  readonly server?: { readonly session: Session; readonly before: readonly string[] };
  /** Whether to look for containers in the daemon of DOCKER_HOST. */
  readonly docker?: boolean;
}

/** What is left of a run: processes, files, containers, databases, roles, slots; in words. Empty: nothing is. */
export async function leftovers({ folder, server, docker }: Place): Promise<string[]> {
  const now = server ? await serverObjects(server.session) : [];
  return [
    ...processesAt(folder).map(({ pid, command }) => `process ${pid}: ${command}`),
    ...readdirSync(folder)
      .filter((name) => !lockOfTestcontainers.test(name))
      .map((name) => `file ${name}`),
    ...now.filter((object) => !server?.before.includes(object)),
    ...(server?.before ?? []).filter((object) => !now.includes(object)).map((object) => `${object} is gone`),
    ...(docker ? containers() : []),
  ];
}

/** Runs of one user take turns on it; it is empty and stays. */
const lockOfTestcontainers = /^testcontainers-node-\d+\.lock$/;

/** Waits until nothing is left; what still is when the patience ends. */
export async function leftAfter(place: Place, patienceMs = 120_000): Promise<string[]> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const left = await leftovers(place);
    if (left.length === 0 || Date.now() > deadline) return left;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Databases, roles and the like of a whole server, and what is unfinished there. */
export async function serverObjects(session: Session): Promise<string[]> {
  const rows = await session.query(`
    select 'database ' || datname from pg_database union all select 'role ' || rolname from pg_roles
    union all select 'tablespace ' || spcname from pg_tablespace
    union all select 'slot ' || slot_name from pg_replication_slots
    union all select 'prepared transaction ' || gid from pg_prepared_xacts
    union all select 'session on ' || datname from pg_stat_activity
      where application_name = 'switchback' and pid <> pg_backend_pid() and datname ~ '^switchback_'
        and datname <> current_database()
    order by 1`);
  return rows.map(([words]) => words ?? "");
}

interface Running {
  readonly pid: number;
  readonly command: string;
}

/** Processes that work in a folder or speak of it. Where there is no /proc, those that speak of it. */
function processesAt(folder: string): Running[] {
  if (process.platform !== "linux") {
    return execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.includes(`${folder}/`))
      .map((line) => ({ pid: Number.parseInt(line, 10), command: line.trim().replace(/^\d+ /, "") }));
  }
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      const cwd = readlinkSync(`/proc/${pid}/cwd`);
      const there = command.includes(`${folder}/`) || cwd === folder || cwd.startsWith(`${folder}/`);
      return there ? [{ pid: Number(pid), command }] : [];
    } catch {
      // It ended in between.
      return [];
    }
  });
}

/** Containers that Switchback started, running or not. */
function containers(): string[] {
  const format = ["--format", "container {{.Names}} of {{.Image}}, {{.Status}}"];
  const filter = ["--filter", "label=switchback.owner"];
  return execFileSync("docker", ["ps", "-a", ...filter, ...format], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line !== "");
}
