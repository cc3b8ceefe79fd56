import { expect, test } from "vitest";
import { wantedEngine } from "#core/postgres/wanted-engine.ts";

const image = "postgis/postgis:17-3.5";
const url = "postgres://postgres@localhost/postgres";

test.each([
  [{ engine: "auto" }, "auto"],
  [{ engine: "auto", image }, "docker"],
  [{ engine: "auto", url }, "server"],
  // The image may stand in the configuration; a URL is always given for this run.
  [{ engine: "auto", image, url }, "server"],
  [{ engine: "pglite", image }, "pglite"],
  [{ engine: "docker" }, "docker"],
] as const)("%o asks for %s", (wish, engine) => {
  expect(wantedEngine(wish)).toBe(engine);
});
