import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * The direction of imports, as ARCHITECTURE.md draws it: each room of the house and the rooms it may import from.
 * `report/model` is the floor that everybody stands on.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "core/report/model": [],
  "core/sql": ["core/report/model"],
  "core/migration": ["core/sql", "core/report/model"],
  "core/catalog": ["core/sql", "core/migration", "core/report/model"],
  "core/author": ["core/catalog", "core/sql", "core/migration", "core/report/model"],
  "core/lint": [
    "core/author",
    "core/catalog",
    "core/sql",
    "core/migration",
    "core/history",
    "core/report/model",
  ],
  "core/history": [
    "core/author",
    "core/lint",
    "core/catalog",
    "core/sql",
    "core/migration",
    "core/report/model",
  ],
  "core/postgres": ["core/catalog", "core/sql", "core/migration", "core/report/model"],
  "core/roundtrip": ["core/postgres", "core/catalog", "core/sql", "core/migration", "core/report/model"],
  "core/report": ["core/report/model", "core/sql", "core/catalog"],
};

/**
 * `check.ts` and `index.ts` tie the rooms, and with them what joins lint and proof: the list of every rule, one finding
 * per cause, and what a change set touches. `config` is read only by them and by the fronts.
 */
const ties = [
  "core/check",
  "core/check-input",
  "core/check-ports",
  "core/check-folder",
  "core/changed-paths",
  "core/index",
  "core/every-rule",
  "core/proof-rules",
  "core/earlier-findings",
  "core/fixture-findings",
  "core/merge-proof",
  "core/named-files",
  "core/outside-help",
  "core/prove",
  "core/rerun-findings",
  "core/walk-findings",
  "core/shard",
];
/** The model, and its states in words. */
const floor = ["core/report/model.ts", "core/report/verdict-words.ts", "core/report/text/count.ts"];
const fronts = ["cli", "action", "extension"];

const root = join(import.meta.dirname, "..", "..");

describe("direction of imports", () => {
  it("follows the arrows of the architecture", () => {
    expect(wrongArrows()).toEqual([]);
  });

  it("makes no circle of files", () => {
    expect(circles()).toEqual([]);
  });

  it("keeps vscode, @actions/* and the console out of core", () => {
    const wrong = sources("core").filter((file) =>
      /from "(vscode|@actions\/|@octokit\/)|\bconsole\.|\bprocess\.argv\b/.test(
        readFileSync(join(root, file), "utf8"),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

function wrongArrows(): string[] {
  const wrong: string[] = [];
  for (const top of ["core", ...fronts]) {
    for (const file of sources(top)) {
      for (const target of imports(file)) {
        const from = room(file);
        const to = room(target);
        if (from !== to && !mayImport(from, to)) wrong.push(`${file} imports ${target}`);
      }
    }
  }
  return wrong;
}

/** Rooms in which no file may import itself by way of others. SQL that holds SQL is simulated by files that do. */
const straight = ["cli", "core/author", "core/migration", "core/postgres", "core/report", "core/sql"];

function circles(): string[] {
  const files = straight.flatMap(sources);
  const targets = new Map(files.map((file) => [file, imports(file)]));
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file].join(" → "));
    if (at >= 0 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) if (targets.has(target)) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return found;
}

function mayImport(from: string, to: string): boolean {
  const front = fronts.find((name) => from === name);
  if (front) return to.startsWith("core/");
  if (ties.includes(from)) return to.startsWith("core/");
  if (from === "core/version") return to === "package.json";
  if (from === "core/config") return ["core/report/model", "core/lint", "core/migration"].includes(to);
  return (allowed[from] ?? []).includes(to);
}

function room(file: string): string {
  if (floor.includes(file)) return "core/report/model";
  const [top, second] = file.split("/");
  if (top !== "core") return top ?? file;
  return `core/${(second ?? "").replace(/\.ts$/, "")}`;
}

function sources(folder: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(root, folder))) {
    const path = join(folder, entry);
    if (entry === "node_modules" || entry === "dist") continue;
    if (statSync(join(root, path)).isDirectory()) found.push(...sources(path));
    else if (entry.endsWith(".ts")) found.push(path.split(sep).join("/"));
  }
  return found;
}

function imports(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const found: string[] = [];
  for (const match of text.matchAll(/(?:from|import)\s*\(?\s*"((?:\.|#core\/)[^"]*)"/g)) {
    const specifier = match[1] ?? "";
    const target = specifier.startsWith("#core/")
      ? specifier.slice(1)
      : relative(root, join(root, dirname(file), specifier));
    found.push(normalize(target).split(sep).join("/"));
  }
  return found;
}
