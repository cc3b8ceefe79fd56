import { defineConfig } from "vitest/config";

const full = process.env["SWITCHBACK_FULL"] !== undefined;

/** Suites that start, stop and replace what belongs to a process, or take long anyway: each has one of its own. */
const alone = [
  "test/**/*.full.test.ts",
  "test/action/patience-of-a-run.test.ts",
  "test/core/catalog/same-catalog/**",
  "test/core/postgres/{conformance,embedded,pglite,server}/**",
  "test/package/**",
  "test/roundtrip/**",
];

// Suites that need host tools (Docker, a browser, a VS Code host) or minutes end in .full.test.ts: `npm run test:full`.
const exclude = ["**/node_modules/**", ...(full ? [] : ["test/**/*.full.test.ts"])];

export default defineConfig({
  // The extension has a package.json of its own, which the import map of this one does not reach.
  resolve: { alias: [{ find: /^#core\//, replacement: `${import.meta.dirname}/core/` }] },
  test: {
    globalSetup: "test/support/run-folder.ts",
    // No measure of anything: a machine may have other work, and what hangs is noticed all the same.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Many tests wait: for a server, for a process, for a time to pass. Editors and containers want room.
    maxWorkers: full ? 2 : 3,
    projects: [
      {
        extends: true,
        test: { name: "alone", include: alone.map((path) => path.replace(/\*\*$/, "**/*.test.ts")), exclude },
      },
      {
        extends: true,
        // To load the rules anew for each suite took longer than many a suite.
        test: {
          name: "together",
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: [...exclude, ...alone],
        },
      },
    ],
  },
});
