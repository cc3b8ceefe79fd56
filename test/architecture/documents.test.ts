import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** What ARCHITECTURE.md and CONTRIBUTING.md say of the tree, held against the tree. */
const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
type Manifest = Readonly<Record<string, Readonly<Record<string, string>>>>;
const manifest = JSON.parse(read("package.json")) as Manifest;
/** The site has packages of its own. */
const site = JSON.parse(read("docs/site/package.json")) as Manifest;

/** The rows of the table under a heading, as the names in code that each cell has. */
function tableOf(file: string, heading: string): string[][][] {
  const section =
    read(file)
      .split(/^## /m)
      .find((it) => it.startsWith(heading)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name)),
  );
}

describe("the map", () => {
  const rows = tableOf("ARCHITECTURE.md", "The map");
  /** `core/sql/` has a row; `grammar/` stands in the row of `cli/`. */
  const named = rows.flatMap(([folders = [], parts = []]) => [
    ...folders,
    ...parts.map((part) => `${folders[0]}${part}`),
  ]);

  it.each(["", "core/", "cli/", "action/", "extension/src/", "test/", "docs/", "examples/", "scripts/"])(
    'names every folder in "%s"',
    (parent) => {
      const made = ["node_modules", "dist", "coverage"];
      const folders = readdirSync(join(root, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !made.includes(entry.name))
        .map(({ name }) => `${parent}${name}/`);
      expect(folders.filter((folder) => !named.some((name) => name.startsWith(folder)))).toEqual([]);
    },
  );

  it("names nothing that is not there", () => {
    const paths = named.filter((name) => name.endsWith("/") && !name.endsWith("dist/"));
    expect(paths.length).toBeGreaterThan(40);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe("the dependencies", () => {
  const named = tableOf("ARCHITECTURE.md", "Dependencies").flatMap(([packages = []]) => packages);
  const { dependencies, optionalDependencies, devDependencies, overrides } = manifest;
  const installed = Object.keys({
    ...dependencies,
    ...optionalDependencies,
    ...devDependencies,
    ...overrides,
    ...site["devDependencies"],
  });
  /** `@octokit/*` stands for a scope, `-16` for `postgres-16`. */
  const stands = (name: string, dependency: string) =>
    name.endsWith("*")
      ? dependency.startsWith(name.slice(0, -1))
      : dependency === name || dependency === `postgres${name}`;

  it("have their line each", () => {
    const types = (dependency: string) => dependency.startsWith("@types/");
    expect(
      installed.filter((dependency) => !types(dependency) && !named.some((name) => stands(name, dependency))),
    ).toEqual([]);
  });

  it("that are gone have none", () => {
    expect(named.filter((name) => !installed.some((dependency) => stands(name, dependency)))).toEqual([]);
  });
});

it("CONTRIBUTING.md names npm scripts that exist", () => {
  const named = [...read("CONTRIBUTING.md").matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => manifest["scripts"]?.[name] === undefined)).toEqual([]);
});
