import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, type HostName, hostNames } from "../support/host/hosts.ts";
import { type CaseResult, runSuite, type SuiteRun } from "../support/host/run-suite.ts";
import { type UnpackedExtension, unpackedExtension } from "../support/host/unpacked-extension.ts";
import { hostServer } from "../support/host-server.ts";
import { layoutFiles } from "./host/layout-samples.ts";
import { sample } from "./host/sample.ts";

/** How many tests each suite has: a suite that ends early must not pass. */
const suites: readonly (Pick<SuiteRun, "entry" | "files" | "restricted"> & {
  readonly name: string;
  readonly tests: number;
  /** Wants a PostgreSQL server to connect to. */
  readonly server?: true;
  /** Absent: every host. */
  readonly only?: HostName;
})[] = [
  { name: "one folder", entry: "test/extension/host/main.ts", files: sample, tests: 65, server: true },
  {
    name: "restricted mode",
    entry: "test/extension/host/restricted.ts",
    files: sample,
    restricted: true,
    tests: 3,
  },
  {
    name: "two workspace folders",
    entry: "test/extension/host/multi-root.ts",
    files: {
      "both.code-workspace": JSON.stringify({ folders: [{ path: "shop" }, { path: "billing" }] }),
      "shop/migrations/000001_table.up.sql": "CREATE TABLE t (id bigint PRIMARY KEY);\n",
      "shop/migrations/000001_table.down.sql": "DROP TABLE t;\n",
      "shop/switchback.jsonc": '{ "preset": "recommended" }\n',
      "billing/migrations/000001_index.up.sql": "CREATE INDEX t_idx ON t (id);\n",
      "billing/migrations/000001_index.down.sql": "DROP INDEX t_idx;\n",
    },
    tests: 7,
  },
  {
    name: "whole folders",
    entry: "test/extension/host/whole-folders.ts",
    files: sample,
    tests: 7,
    only: "newest",
  },
  {
    name: "every layout",
    entry: "test/extension/host/layouts.ts",
    files: layoutFiles,
    tests: 49,
    only: "oldest",
  },
];

const wanted = process.env.SWITCHBACK_HOST;

// A VS Code that can be downloaded needs no Chromium: SWITCHBACK_VSCODE names its version.
describe.skipIf(!chromiumPath() && !process.env.SWITCHBACK_VSCODE)("in a real extension host", () => {
  let extension: UnpackedExtension;
  let server: Awaited<ReturnType<typeof hostServer>> | undefined;
  beforeAll(async () => {
    extension = await unpackedExtension();
    server = await hostServer();
  });
  afterAll(() => server?.host.stop());

  it("is at most 30 MB to download", () => {
    expect(extension.megabytes).toBeLessThan(30);
  });

  for (const host of hostNames.filter((name) => !wanted || name === wanted)) {
    for (const { name, tests, only, server: wantsServer, ...suite } of suites) {
      if (only && only !== host) continue;
      it(`VS Code, ${host}: ${name}`, { timeout: 2_700_000 }, async () => {
        const env = wantsServer && server ? { SWITCHBACK_SERVER_URL: server.url() } : {};
        const results = await runSuite({ ...suite, host, extension: extension.folder, env });
        expect(failures(results)).toEqual([]);
        expect(results).toHaveLength(tests);
        if (wantsServer) expect(await databasesOf(server)).toEqual(["postgres"]);
      });
    }
  }
});

/** Those that are there now, but for templates and the one that `hostServer` itself uses. */
async function databasesOf(server: Awaited<ReturnType<typeof hostServer>> | undefined) {
  const rows = await server?.admin.query(
    "select datname from pg_database where not datistemplate and datname <> current_database() order by 1",
  );
  return rows?.map(([name]) => name);
}

function failures(results: readonly CaseResult[]): string[] {
  return results.flatMap(({ name, error }) => (error === undefined ? [] : [`${name}\n${error}`]));
}
