import { describe, expect, it } from "vitest";
import { check } from "#core/check.ts";
import type { Config } from "#core/config/config.ts";
import { resolveConfig } from "#core/config/resolve-config.ts";
import { findInstallations, openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import { openEngine } from "#core/postgres/open-engine.ts";
import { type Engine, EngineUnavailableError } from "#core/postgres/session.ts";
import { judgesByServer } from "#core/postgres/wanted-engine.ts";

const encoder = new TextEncoder();
const has15 = (await findInstallations(15)).length > 0;

/** PostgreSQL 18 adds a NOT NULL that is checked later; before it takes a CHECK. */
const required = {
  "1_users.up.sql": "CREATE TABLE users (email text);",
  "1_users.down.sql": "DROP TABLE users;",
  "2_required.up.sql": "ALTER TABLE users ALTER email SET NOT NULL;",
  "2_required.down.sql": "ALTER TABLE users ALTER email DROP NOT NULL;",
};
const mysql = Object.fromEntries(
  ["users", "orders", "items"].map((name, n) => [
    `${n + 1}_${name}.up.sql`,
    `CREATE TABLE \`${name}\` (\`id\` int AUTO_INCREMENT) ENGINE=InnoDB;`,
  ]),
);

async function checked(files: Readonly<Record<string, string>>, open: () => Promise<Engine>) {
  const report = await check(
    {
      folder: "migrations",
      files: Object.entries(files).map(([path, text]) => ({ path, bytes: encoder.encode(text) })),
      config: resolveConfig({ layout: "golang-migrate" }),
      lint: true,
      prove: true,
    },
    { openEngine: open, judgeByServer: true },
  );
  const help = report.findings.map((finding) => finding.help ?? "").join("\n");
  return { report, help };
}

describe("a server of the user's, whose version nobody said", () => {
  it.runIf(has15)("decides what the rules judge for, and is started once", async () => {
    let started = 0;
    const { report, help } = await checked(required, () => {
      started++;
      return openEmbedded({ major: 15 });
    });
    expect(report.engine?.postgres).toMatch(/^15\./);
    expect(help).toContain("CHECK (email IS NOT NULL) NOT VALID");
    expect(help).not.toContain("NOT NULL email NOT VALID");
    expect(started).toBe(1);
  });

  it("leaves it to what is built in where it is not there", async () => {
    const { report, help } = await checked(required, async () => {
      throw new EngineUnavailableError("nobody answers");
    });
    expect(report.unproved).toBe("nobody answers");
    expect(help).toContain("NOT NULL email NOT VALID");
  });

  it("is stopped where nothing is proved on it", async () => {
    let stopped = 0;
    const { report } = await checked(mysql, async () => {
      const engine = await openEngine({ engine: "auto", postgres: 18 });
      const stop = async () => {
        stopped++;
        await engine.stop();
      };
      return Object.assign(Object.create(engine) as Engine, { stop });
    });
    expect(report.roundTrips).toEqual([]);
    expect(stopped).toBe(1);
  });
});

it.each<[Partial<Config> & { url?: string }, boolean]>([
  [{ url: "postgres://db" }, true],
  [{ engine: "docker", image: "postgis/postgis:16-3.5" }, true],
  [{ image: "postgres:13" }, true],
  [{ engine: "docker" }, false],
  [{}, false],
  [{ url: "postgres://db", postgres: 16 }, false],
  [{ url: "postgres://db", target: 13 }, false],
])("%j is judged by its server: %j", ({ url, ...config }, byServer) => {
  expect(judgesByServer({ ...resolveConfig(config), url })).toBe(byServer);
});
