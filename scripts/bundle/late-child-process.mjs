/**
 * commander starts subcommands that are programs of their own, of which we have none, and loads `node:child_process` for
 * them at every start: 4 ms, of a run of 250.
 *
 * @type {import("esbuild").Plugin}
 */
export const lateChildProcess = {
  name: "late-child-process",
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer, namespace }) =>
      namespace === "file" && /[\\/]node_modules[\\/]commander[\\/]/.test(importer)
        ? { path: "child-process", namespace: "late" }
        : undefined,
    );
    build.onLoad({ filter: /^child-process$/, namespace: "late" }, () => ({
      contents: `exports.spawn = (...args) => require("node:child_process").spawn(...args);`,
    }));
  },
};
