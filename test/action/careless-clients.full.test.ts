import { describe, expect, it } from "vitest";
import { withChangedBundle } from "./build-bundle.ts";
import { calmLife, manyFiles, refusedLine, storedButLost } from "./scenarios/pull-request.ts";

/** What a careless client would do: each must be caught by a story of pull-request.test.ts. */
const mutants = [
  {
    name: "posts the comment twice",
    file: /publish\/comment\.ts$/,
    from: 'if (created.ok) return granted("created");',
    to: 'if (created.ok) { await client.send("POST", path, { body }); return granted("created"); }',
    caughtBy: calmLife,
  },
  {
    name: "never looks for its comment",
    file: /publish\/comment\.ts$/,
    from: "const { own, others } = found.value;",
    to: "const { own, others }: Found = { own: [], others: [] };",
    caughtBy: calmLife,
  },
  {
    name: "repeats a comment whose answer was lost",
    file: /publish\/comment\.ts$/,
    from: 'if (stored.value.own.length > 0) return granted("created");',
    to: "",
    caughtBy: storedButLost,
  },
  {
    name: "edits the comment only for its times",
    file: /publish\/comment\.ts$/,
    from: 'if (withoutTimes(comment.body ?? "") === withoutTimes(body)) return granted("unchanged");',
    to: "",
    caughtBy: calmLife,
  },
  {
    name: "skips page 2",
    file: /github\/client\.ts$/,
    from: "if (!reply.value.headers.link?.includes('rel=\"next\"')) break;",
    to: "break;",
    caughtBy: manyFiles,
  },
  {
    name: "ignores a 422",
    file: /publish\/review\.ts$/,
    from: "if (sent.status !== 422) return sent;",
    to: "return granted(findingsOf(told));",
    caughtBy: refusedLine,
  },
];

describe("a client that", () => {
  it.each(mutants)("$name is caught", async ({ file, from, to, caughtBy }) => {
    await withChangedBundle([mutation(file, from, to)], ({ main }) =>
      expect(caughtBy(main)).rejects.toThrow(/expected/),
    );
  });
});

function mutation(file: RegExp, from: string, to: string) {
  return {
    name: "mutation",
    setup(build: import("esbuild").PluginBuild) {
      build.onLoad({ filter: file }, async ({ path }) => {
        const { readFile } = await import("node:fs/promises");
        const text = await readFile(path, "utf8");
        if (!text.includes(from)) throw new Error(`${path} no longer has: ${from}`);
        return { contents: text.replace(from, to), loader: "ts" };
      });
    },
  };
}
