import { readFile } from "node:fs/promises";

const early = "require('node:child_process')";
const late = `{ spawn: (...args) => ${early}.spawn(...args) }`;

/**
 * commander starts subcommands that are programs of their own, of which we have none, and loads `node:child_process` for
 * them at every start: 4 ms, of a run of 250.
 *
 * @type {import("esbuild").Plugin}
 */
export const lateChildProcess = {
  name: "late-child-process",
  setup(build) {
    build.onLoad({ filter: /[\\/]commander[\\/]lib[\\/]command\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      if (!source.includes(early)) return { errors: [{ text: `${path} has no ${early} to put off` }] };
      return { contents: source.replace(early, late) };
    });
  },
};
