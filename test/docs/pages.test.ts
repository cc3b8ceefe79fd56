import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const inFolder = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name}`);
const pages = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  "extension/README.md",
  "extension/CHANGELOG.md",
  ...inFolder("docs"),
  ...inFolder("docs/guides"),
  ...inFolder("docs/site"),
];
const read = (page: string) => readFileSync(join(root, page), "utf8");

const numberWords =
  "one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|fifty|a hundred|a thousand";
const units =
  "ms|s|milliseconds?|seconds?|minutes?|hours?|days?|weeks?|KB|kB|MB|GB|[kMG]iB|(?:kilo|mega|giga)bytes?|%|percent|×|times";
const figure = new RegExp(`\\b(?:\\d[\\d.,]*\\s?(?:&nbsp;)?|(?:${numberWords})\\s)(?:${units})(?!\\w)`, "gi");

/**
 * A figure with a unit is either measured or counted, and then it stands between `<!-- figure: name -->` and
 * `<!-- /figure -->`, where a script fills it; or it does not belong into prose.
 */
function unmarkedFigures(page: string): string[] {
  const prose = page
    .replaceAll(/^```[\s\S]*?^```$/gm, "")
    .replaceAll(/`[^`\n]*`/g, "")
    .replaceAll(/<!-- figure: [^>]+ -->[^<]*<!-- \/figure -->/g, "");
  return [...prose.matchAll(figure)].map(([it]) => it);
}

describe("figures", () => {
  it.each(pages)("of %s stand between markers", (page) => {
    expect(unmarkedFigures(read(page))).toEqual([]);
  });

  it("are recognised", () => {
    expect(unmarkedFigures("takes 30 ms, 2.5 s and 60 MB, a 12% more, three times six\ngigabytes")).toEqual([
      "30 ms",
      "2.5 s",
      "60 MB",
      "12%",
      "three times",
      "six\ngigabytes",
    ]);
    expect(
      unmarkedFigures("<!-- figure: lint/wall-time -->3<!-- /figure --> times, `5s`, version 18"),
    ).toEqual([]);
  });
});

it("SECURITY.md names tests that exist", () => {
  const named = [...read("SECURITY.md").matchAll(/`(test\/\S+?)`/g)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it.each(pages)("the links of %s lead somewhere", (page) => {
  const text = read(page).replaceAll(/^```[\s\S]*?^```$/gm, "");
  const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target = ""]) => target);
  const folder = join(root, page, "..");
  const lost = targets.filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(folder, target)));
  expect(lost).toEqual([]);
});

it.each(inFolder("docs/guides"))("the README names %s", (page) => {
  expect(read("README.md")).toContain(`](${page})`);
});

it.each(inFolder("docs/guides"))("%s is wrapped", (page) => {
  const prose = read(page).replaceAll(/^```[\s\S]*?^```$/gm, "");
  const long = prose.split("\n").filter((line) => line.length > 125 && !line.startsWith("|"));
  expect(long).toEqual([]);
});
