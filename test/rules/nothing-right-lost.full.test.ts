import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lint } from "#core/lint/lint.ts";
import type { Finding } from "#core/report/model.ts";
import { readCorpusFolder } from "../../scripts/corpus/read-corpus-folder.ts";

interface Label {
  readonly file: string;
  readonly line: number;
  readonly squawk: string;
  readonly ours: string;
}

const labels: readonly Label[] = readFileSync(join(import.meta.dirname, "squawk-labels.tsv"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => {
    const [file = "", number = "", squawk = "", ours = ""] = line.split("\t");
    return { file, line: Number(number), squawk, ours };
  });

const corpus = process.env.SWITCHBACK_CORPUS ?? "";

describe.skipIf(corpus === "")("what squawk says rightly (SWITCHBACK_CORPUS)", () => {
  it("is a sample worth the name", () => {
    expect(labels.length).toBeGreaterThanOrEqual(200);
  });

  it("is said by us too, in 98 of 100 cases at least", async () => {
    const findings = await findingsOf([...new Set(labels.map(({ file }) => file.split("/")[0] ?? ""))]);
    const missed = labels.filter((label) => !findings.some((finding) => says(finding, label)));
    const list = missed.map(({ file, line, squawk }) => `${file}:${line} ${squawk}`).join("\n");
    expect(missed.length / labels.length, list).toBeLessThanOrEqual(0.02);
  });
});

async function findingsOf(folders: readonly string[]): Promise<Finding[]> {
  const all: Finding[] = [];
  for (const name of folders) {
    const folder = readCorpusFolder(name);
    const { findings } = await lint({ folder, preset: "recommended", rules: {}, postgres: 16 });
    all.push(...findings);
  }
  return all;
}

function says({ file, rule, range }: Finding, label: Label): boolean {
  return (
    file === label.file &&
    rule === label.ours &&
    range.start.line <= label.line &&
    label.line <= range.end.line
  );
}
