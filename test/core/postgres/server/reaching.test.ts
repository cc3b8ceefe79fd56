import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openServer } from "#core/postgres/server/open-server.ts";
import { EngineLostError } from "#core/postgres/session.ts";
import { password, type TcpServer, tcpServer } from "../../../support/tcp-server.ts";

const encoded = encodeURIComponent(password);
const openssl = spawnSync("openssl", ["version"]).status === 0;
const encrypted = "select ssl::text from pg_stat_ssl where pid = pg_backend_pid()";

/** Whether the connection is encrypted, or why there is none. */
async function reached(url: string): Promise<string> {
  try {
    const engine = await openServer({ url });
    try {
      const session = await (await engine.createDatabase()).connect();
      return (await session.query(encrypted))[0]?.[0] === "true" ? "encrypted" : "plain";
    } finally {
      await engine.stop();
    }
  } catch (error) {
    return (error as Error).message;
  }
}

describe.skipIf(!openssl)("a server with TLS (needs openssl for its certificate)", () => {
  let server: TcpServer;
  beforeAll(async () => {
    server = await tcpServer({
      tls: true,
      hba: "hostssl all all all scram-sha-256\nhostnossl all plain all trust",
    });
  });
  afterAll(() => server?.stop());

  const ca = () => `&sslrootcert=${encodeURIComponent(server.certificate)}`;
  const cases: [parameters: () => string, outcome: string | RegExp][] = [
    [() => "", "encrypted"],
    [() => "?sslmode=prefer", "encrypted"],
    [() => "?sslmode=allow", "encrypted"],
    [() => "?sslmode=require", "encrypted"],
    [() => "?sslmode=no-verify", "encrypted"],
    [
      () => "?sslmode=disable",
      /^no connection to localhost:\d+: no pg_hba.conf entry.*; mend user and sslmode/,
    ],
    [
      () => "?sslmode=verify-full",
      /^no connection to localhost:\d+: self-signed certificate; name its authority with sslrootcert/,
    ],
    [() => `?sslmode=verify-ca${ca()}`, "encrypted"],
    [() => `?sslmode=verify-full${ca()}`, "encrypted"],
    [() => `?sslmode=require${ca()}`, "encrypted"],
  ];
  it.each(cases)("%s", async (parameters, outcome) => {
    const said = await reached(
      `postgres://postgres:${encoded}@localhost:${server.port}/postgres${parameters()}`,
    );
    if (typeof outcome === "string") expect(said).toBe(outcome);
    else expect(said).toMatch(outcome);
    expect(said).not.toContain("5ecret");
  });

  it("looks at the name only where it is told to", async () => {
    const url = `postgres://postgres:${encoded}@127.0.0.1:${server.port}/postgres`;
    // The certificate speaks of localhost, and where that is ::1 alone, nobody is at this address.
    const full = await reached(`${url}?sslmode=verify-full${ca()}`);
    expect(full).toMatch(/does not match|ECONNREFUSED/);
  });
});

describe("a server without TLS", () => {
  let server: TcpServer;
  beforeAll(async () => {
    server = await tcpServer({});
  });
  afterAll(() => server?.stop());
  const url = (user: string) => `postgres://${user}@localhost:${server.port}/postgres`;

  it("is reached all the same where nobody demands it", async () => {
    expect(await reached(url(`postgres:${encoded}`))).toBe("plain");
    expect(await reached(`${url(`postgres:${encoded}`)}?sslmode=require`)).toMatch(
      /does not support SSL connections; say sslmode=prefer/,
    );
    expect(await reached(`${url(`postgres:${encoded}`)}_else`)).toMatch(/; name a database that exists/);
  });

  it("takes the password of PGPASSWORD", async () => {
    process.env.PGPASSWORD = password;
    expect(await reached(url("postgres"))).toBe("plain");
    process.env.PGPASSWORD = "5ecret, but wrong";
    const said = await reached(url("postgres"));
    delete process.env.PGPASSWORD;
    expect(said).toMatch(
      /^no connection to localhost:\d+: password authentication failed for user "postgres"; mend user and password of the URL, or set PGPASSWORD$/,
    );
  });

  // The last: the server does not survive it.
  it("dies in the middle: what ran is lost, and what comes after says so", async () => {
    const engine = await openServer({ url: url(`postgres:${encoded}`) });
    const session = await (await engine.createDatabase()).connect();
    const running = session.execute("select pg_sleep(600)").catch((error) => error);
    await server.kill();
    expect(await running).toBeInstanceOf(EngineLostError);
    await expect(engine.createDatabase()).rejects.toBeInstanceOf(EngineLostError);
    await engine.stop();
    expect(await reached(url(`postgres:${encoded}`))).toMatch(
      /^no connection to localhost:\d+: .*ECONNREFUSED.*; nothing listens there: start the server, or mend host and port of the URL$/,
    );
  });
});
