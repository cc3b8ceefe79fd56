import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findNode } from "../support/host/find-node.ts";
import { type PackedPackage, packedPackage } from "../support/packed-package.ts";

const root = join(import.meta.dirname, "..", "..");
const bin = (name: string) => join(root, "node_modules", ".bin", name);

let packed: PackedPackage;
let installed: string;
beforeAll(async () => {
  packed = await packedPackage();
  installed = join(packed.project, "node_modules/pg-switchback");
  cpSync(join(root, "migrations"), join(packed.project, "migrations"), { recursive: true });
  mkdirSync(join(packed.project, "bad"));
  writeFileSync(join(packed.project, "bad/000001_users.up.sql"), "CREATE TABLE users (id bigint);\n");
  writeFileSync(join(packed.project, "bad/000001_users.down.sql"), "SELECT 1;\n");
});

describe.each([20, 22, 24] as const)("installed, under Node %i", (major) => {
  const node = findNode(major);
  const switchback = (args: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
    const path = node.found ? `${dirname(node.path)}${delimiter}${process.env.PATH}` : "";
    const command = join(packed.project, "node_modules/.bin/switchback");
    return spawnSync(command, args, {
      cwd: packed.project,
      encoding: "utf8",
      env: { ...process.env, PATH: path, NO_COLOR: "1", ...environment },
    });
  };

  it.skipIf(!node.found)(`proves the sample${node.found ? "" : ` (${node.reason})`}`, () => {
    const { status, stdout, stderr } = switchback(["check", "migrations"]);
    expect(stderr).toBe("");
    expect(stdout).toContain("2 migrations, every one goes up, down and up again. No findings.");
    expect(status).toBe(0);
  });

  it.skipIf(!node.found)("starts the second time from the bytecode of the first", () => {
    const dist = join(installed, "dist/package");
    const kept = () =>
      readdirSync(dist)
        .filter((file) => file.includes(`.v${major}.`) && file.endsWith(".bytecode"))
        .map((file) => statSync(join(dist, file)).mtimeMs);
    switchback(["lint", "migrations"]);
    const made = kept();
    expect(made).toHaveLength(1);
    // What V8 refuses is written anew.
    expect(switchback(["lint", "migrations"])).toMatchObject({ status: 0, stderr: "" });
    expect(kept()).toEqual(made);
  });

  it.skipIf(!node.found)("proves on PGlite", () => {
    const { status, stdout } = switchback(["check", "bad", "--engine", "pglite", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      engine: { name: "pglite" },
      roundTrips: [{ status: "drift" }],
    });
    expect(status).toBe(1);
  });

  it.skipIf(!node.found)("says what it can do, and what a rule means", () => {
    expect(switchback(["--help"]).stdout).toContain("Usage: switchback");
    expect(switchback(["explain", "down-incomplete"])).toMatchObject({ status: 0, stderr: "" });
    expect(switchback(["--version"]).stdout.trim()).toBe(manifest().version);
  });

  it.skipIf(!node.found)("explains where Docker does not answer", () => {
    const nowhere = { DOCKER_HOST: "unix:///nowhere/docker.sock" };
    const { status, stdout, stderr } = switchback(["check", "migrations", "--engine", "docker"], nowhere);
    expect(`${stdout}${stderr}`).toContain("no Docker daemon answers");
    expect(status).toBe(2);
  });
});

describe("the package", () => {
  it("holds nothing but what runs, its types, its schemas and its papers", () => {
    const top = readdirSync(installed).sort();
    expect(top).toEqual(
      ["CHANGELOG.md", "LICENSE", "README.md", "SECURITY.md", "dist", "package.json", "schema"].sort(),
    );
    expect(readdirSync(join(installed, "dist"))).toEqual(["package"]);
  });

  it("runs no script when it is installed", () => {
    const { scripts } = manifest();
    for (const name of ["preinstall", "install", "postinstall", "prepare"])
      expect(scripts).not.toHaveProperty(name);
  });

  it("brings the licence of everything that it bundles", () => {
    const licenses = readFileSync(join(installed, "dist/package/THIRD-PARTY-LICENSES.txt"), "utf8");
    const bill = JSON.parse(readFileSync(join(installed, "dist/package/bom.json"), "utf8"));
    expect(bill.components.length).toBeGreaterThan(20);
    for (const { group, name, version } of bill.components)
      expect(licenses).toContain(`${group ? `${group}/` : ""}${name} ${version} (`);
  });

  it("passes publint", () => {
    expect(execFileSync(bin("publint"), ["run", packed.tarball, "--strict"], { encoding: "utf8" })).toContain(
      "All good!",
    );
  });

  it("has types that resolve the way the code does", () => {
    // Node 20.19 and newer `require` ES modules, so there is no second build for CommonJS.
    const { stdout, status } = spawnSync(bin("attw"), [packed.tarball, "--profile", "esm-only"], {
      encoding: "utf8",
    });
    expect(status, stdout).toBe(0);
  });
});

describe("the examples of docs/library.md", () => {
  const blocks = [...readFileSync(join(root, "docs/library.md"), "utf8").matchAll(/```ts\n(.*?)```/gs)].map(
    ([, code]) => code ?? "",
  );

  it("compile in strict mode against the installed types", () => {
    for (const [index, code] of blocks.entries()) writeFileSync(example(index), code);
    const project = join(packed.project, "tsconfig.json");
    writeFileSync(project, JSON.stringify(strict()));
    const { stdout, status } = spawnSync(bin("tsc"), ["--project", project], { encoding: "utf8" });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });

  it.each(blocks.map((code, index) => [index + 1, code] as const))("number %i runs", (number, code) => {
    const file = join(packed.project, `out/example-${number - 1}.mjs`);
    expect(existsSync(file)).toBe(true);
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
      cwd: packed.project,
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    // What an example prints stands beside it.
    for (const [, line] of code.matchAll(/\/\/ prints: (.*)/g)) expect(stdout).toContain(line);
  });

  function example(index: number): string {
    return join(packed.project, `example-${index}.mts`);
  }

  function strict() {
    return {
      compilerOptions: {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: false,
        target: "es2023",
        lib: ["es2023"],
        module: "nodenext",
        typeRoots: [join(root, "node_modules/@types")],
        types: ["node"],
        outDir: "out",
        rootDir: ".",
      },
      include: ["example-*.mts"],
    };
  }
});

function manifest(): { readonly version: string; readonly scripts: Readonly<Record<string, string>> } {
  return JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
}
