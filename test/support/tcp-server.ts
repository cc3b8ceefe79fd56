import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serverIdentities } from "#core/postgres/embedded/identity.ts";
import { program } from "#core/postgres/embedded/installation.ts";
import { findInstallations } from "#core/postgres/embedded/open-embedded.ts";
import { makeRunnable } from "#core/postgres/embedded/runnable.ts";
import { cacheFolder } from "#core/postgres/embedded/working-folder.ts";

/** A server of somebody else that listens on TCP, with a certificate for `localhost` where it is to speak TLS. */
export interface TcpServer {
  readonly port: number;
  /** The authority that its certificate comes from. */
  readonly certificate: string;
  /** Ends it at once, as a machine that goes away. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export const password = "5ecret/ü%";

/** The superuser is `postgres`, its password `password`. `hba`: lines of pg_hba.conf. */
export async function tcpServer({ tls = false, hba = "host all all all scram-sha-256" }): Promise<TcpServer> {
  const [identity] = serverIdentities();
  const [installation] = await findInstallations(17);
  if (!installation) throw new Error("PostgreSQL 17 is not installed");
  const runnable = await makeRunnable(installation, identity, cacheFolder(identity));
  const folder = mkdtempSync(join(tmpdir(), "switchback-tcp-"));
  const data = join(folder, "data");
  const certificate = join(folder, "server.crt");
  const owned = (path: string, mode: number) => {
    chmodSync(path, mode);
    if (identity) chownSync(path, identity.uid, identity.gid);
  };
  owned(folder, 0o700);
  writeFileSync(join(folder, "password"), password);
  owned(join(folder, "password"), 0o600);
  const options = { cwd: folder, stdio: "ignore", ...identity } as const;
  const files = [`--pgdata=${data}`, `--pwfile=${join(folder, "password")}`];
  execFileSync(
    program(runnable, "initdb"),
    [...files, "-U", "postgres", "--encoding=UTF8", "--no-sync"],
    options,
  );
  writeFileSync(join(data, "pg_hba.conf"), `${hba}\n`);
  const flags = ["-c", "fsync=off", "-c", `unix_socket_directories=${folder}`];
  if (tls) {
    const key = join(folder, "server.key");
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const request = ["req", "-new", "-x509", "-days", "2", "-nodes", "-newkey", "rsa:2048"];
    execFileSync("openssl", [...request, ...subject, "-out", certificate, "-keyout", key], {
      stdio: "ignore",
    });
    owned(key, 0o600);
    owned(certificate, 0o644);
    flags.push("-c", "ssl=on", "-c", `ssl_cert_file=${certificate}`, "-c", `ssl_key_file=${key}`);
  }
  const start = (port: number) =>
    listening(
      spawn(
        program(runnable, "postgres"),
        ["-D", data, "-c", "listen_addresses=localhost", "-p", String(port), ...flags],
        { ...options, stdio: ["ignore", "ignore", "pipe"] },
      ),
    );
  let port: number;
  let server: ChildProcess | undefined;
  do {
    port = anyPort();
    server = await start(port);
  } while (server === undefined);
  const running = server;
  return {
    port,
    certificate: tls ? copyOf(certificate, folder) : "",
    kill: () => ended(running),
    stop: async () => {
      await ended(running);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whoever connects has no business in the folder of the server. */
function copyOf(certificate: string, folder: string): string {
  const copy = join(folder, "root.crt");
  writeFileSync(copy, readFileSync(certificate));
  return copy;
}

/** Not one of those that the system gives to whoever asks for any: nobody else comes upon it once the server is gone. */
function anyPort(): number {
  return randomInt(20_000, 30_000);
}

/** Undefined where somebody else has the port, on one of the addresses of `localhost` at least. */
async function listening(server: ChildProcess): Promise<ChildProcess | undefined> {
  let log = "";
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.stderr?.on("data", (chunk: Buffer) => {
      log += chunk;
      if (log.includes("ready to accept connections")) resolve(log.includes("could not bind"));
    });
    server.on("close", () =>
      log.includes("could not bind") ? resolve(true) : reject(new Error(log || "the server ended")),
    );
  });
  if (!taken) return server;
  await ended(server);
  return undefined;
}

/** At once, as a machine that goes away. */
async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, "exit");
  server.kill("SIGQUIT");
  await exit;
}
