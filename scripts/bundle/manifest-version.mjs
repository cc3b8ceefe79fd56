import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const manifest = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "package.json");

/** An esbuild plugin: of package.json a bundle holds the version alone, not the scripts and what tests need. */
export const manifestVersion = {
  name: "manifest-version",
  setup(builder) {
    builder.onLoad({ filter: /package\.json$/ }, ({ path }) => {
      if (path !== manifest) return undefined;
      const { version } = JSON.parse(readFileSync(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
  },
};
