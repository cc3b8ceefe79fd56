import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Example } from "#core/lint/rule.ts";
import { rules } from "#core/lint/rules/index.ts";

/** A migration to start from. */
export interface FuzzSource {
  /** What stands before it in the folder. */
  readonly before: string;
  readonly up: string;
  readonly down: string;
}

/** The examples of every rule, and with SWITCHBACK_CORPUS the real migrations that are no longer than `longest` characters. */
export function fuzzSources(longest = 1500): FuzzSource[] {
  const examples = rules.flatMap(({ examples: { bad, good } }) => [...bad, ...good].map(ofExample));
  const corpus = process.env.SWITCHBACK_CORPUS;
  return corpus ? [...examples, ...realMigrations(join(corpus, "sets"), longest)] : examples;
}

function ofExample({ before = "", up, down = "" }: Example): FuzzSource {
  return { before, up, down };
}

function realMigrations(root: string, longest: number): FuzzSource[] {
  const found: FuzzSource[] = [];
  let before = "";
  for (const path of readdirSync(root, { recursive: true, encoding: "utf8" }).sort()) {
    if (!path.endsWith("up.sql")) continue;
    const up = textOf(join(root, path));
    if (up.length > longest) continue;
    found.push({
      before,
      up,
      down: textOf(join(root, path.replace(/up\.sql$/, "down.sql"))).slice(0, longest),
    });
    before = up;
  }
  return found;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return "";
  }
}
