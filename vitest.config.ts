import { defineConfig } from "vitest/config";

export default defineConfig({
  // The extension has a package.json of its own, which the import map of this one does not reach.
  resolve: { alias: [{ find: /^#core\//, replacement: `${import.meta.dirname}/core/` }] },
  test: {
    include: ["test/**/*.test.ts"],
    // Suites that need host tools (Docker, a browser, a VS Code host) end in .full.test.ts: `npm run test:full`.
    exclude: ["**/node_modules/**", ...(process.env["SWITCHBACK_FULL"] ? [] : ["test/**/*.full.test.ts"])],
    globalSetup: "test/support/run-folder.ts",
    // No measure of anything: a machine may have other work, and what hangs is noticed all the same.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Many tests wait: for a server, for a process, for a time to pass. Editors and containers want room.
    maxWorkers: process.env["SWITCHBACK_FULL"] ? 2 : 3,
  },
});
