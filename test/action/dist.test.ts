import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { type Bundle, builtBundle } from "./build-bundle.ts";

const committed = join(import.meta.dirname, "..", "..", "action", "dist");

let bundle: Bundle;
beforeAll(async () => {
  bundle = await builtBundle();
});

it("action/dist is what the sources build (npm run build:action)", () => {
  const fresh = dirname(bundle.main);
  expect(readdirSync(committed).sort()).toEqual(readdirSync(fresh).sort());
  const different = readdirSync(fresh).filter(
    (file) => !readFileSync(join(fresh, file)).equals(readFileSync(join(committed, file))),
  );
  expect(different).toEqual([]);
});

it("names no path of the machine that built it", () => {
  const root = join(import.meta.dirname, "..", "..");
  const scripts = readdirSync(dirname(bundle.main)).filter((file) => file.endsWith(".mjs"));
  const telling = scripts.filter((file) =>
    readFileSync(join(dirname(bundle.main), file), "utf8").includes(root),
  );
  expect(telling).toEqual([]);
});
