/**
 * A CommonJS package that our code loads late by itself has no name but `default` in a bundle that is split, and all of its
 * names under Node and vitest: what uses it works in every test but fails for everybody. Such a build fails instead.
 *
 * @type {import("esbuild").Plugin}
 */
export const noLateCommonJs = {
  name: "no-late-common-js",
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(({ metafile }) => {
      const inputs = metafile?.inputs ?? {};
      const late = Object.entries(inputs)
        .filter(([importer]) => !importer.includes("node_modules/"))
        .flatMap(([importer, { imports }]) => imports.map((it) => ({ importer, ...it })))
        .filter(({ kind, path }) => kind === "dynamic-import" && inputs[path]?.format === "cjs");
      return {
        errors: late.map(({ importer, path }) => ({
          text: `${importer} loads ${path} late, which is CommonJS: load a module of ours that imports it by its names`,
        })),
      };
    });
  },
};
