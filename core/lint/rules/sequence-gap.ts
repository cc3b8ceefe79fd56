import { shellWord } from "../../author/shell-word.ts";
import type { Migration } from "../../migration/model.ts";
import { defineRule, type FolderContext } from "../rule.ts";

export const sequenceGap = defineRule({
  name: "sequence-gap",
  summary: "A number is missing in a folder that counts its versions.",
  why: "A file was lost or is still on another branch. If it arrives later, databases that are past its number never apply it.",
  instead: "Find the missing migration, or renumber the ones after the hole before they are released.",
  severity: "warning",
  presets: ["recommended", "strict", "all"],
  since: "0.1.0",
  examples: {
    bad: [
      {
        up: "SELECT 1;",
        down: "SELECT 1;",
        files: ["000001_a.up.sql", "000001_a.down.sql", "000003_c.up.sql", "000003_c.down.sql"],
      },
    ],
    good: [
      {
        up: "SELECT 1;",
        down: "SELECT 1;",
        files: ["000001_a.up.sql", "000001_a.down.sql", "000002_b.up.sql", "000002_b.down.sql"],
      },
      {
        up: "SELECT 1;",
        down: "SELECT 1;",
        files: [
          "20240115093000_a.up.sql",
          "20240115093000_a.down.sql",
          "20240301110000_b.up.sql",
          "20240301110000_b.down.sql",
        ],
        note: "timestamps have no holes",
      },
      {
        up: "SELECT 1;",
        down: "SELECT 1;",
        files: ["0010", "0020", "0025", "0030"].flatMap((version) => [
          `${version}_a.up.sql`,
          `${version}_a.down.sql`,
        ]),
        note: "steps of ten leave room on purpose",
      },
      {
        up: "SELECT 1;",
        down: "SELECT 1;",
        files: ["1001", "1002", "2001"].flatMap((version) => [
          `${version}_a.up.sql`,
          `${version}_a.down.sql`,
        ]),
        note: "a new block begins at a round number",
      },
    ],
  },
  check: {
    folder({ folder, report }) {
      if (folder.layout.gaps !== "matter" || isListed(folder)) return;
      const counted = folder.migrations.filter(isCounted);
      // A file that the runner leaves out is not lost: its name is told. Nor is one that is a program.
      const others = [...folder.ignored, ...(folder.programs ?? [])];
      const left = new Set(others.flatMap(({ name }) => /^0*(\d+)/.exec(name)?.[1] ?? []));
      if (!isSequence(counted)) return;
      const isPadded = counted.some(({ version, key }) => version.length > key.length);
      for (const [index, migration] of counted.entries()) {
        const previous = counted[index - 1];
        if (!previous) continue;
        let from = Number(previous.key) + 1;
        let to = Number(migration.key) - 1;
        if (beginsBlock(from, to)) continue;
        while (from <= to && left.has(String(from))) from++;
        while (from <= to && left.has(String(to))) to--;
        if (to < from) continue;
        const files = [migration.up?.file, migration.down?.file].filter((file) => file !== undefined);
        const width = isPadded ? migration.version.length : 0;
        report(files, {
          migration,
          message: missing(from, to, width),
          help: `look for it on other branches\n  git log --all --oneline -- ${shellWord(`*${spelt(from, width)}_*`)}\nor, where it is not coming, turn the rule off: "rules": { "sequence-gap": "off" }`,
        });
      }
    },
  },
});

/** Where the runner reads a list of its migrations, nothing is lost that this does not miss. */
function isListed({ layout: { list }, files }: FolderContext["folder"]): boolean {
  const there = list && files.find(({ name }) => name === list.file);
  return there !== undefined && list?.names(there.file.text) !== undefined;
}

/** From eight digits on (20240115, seconds since 1970, 20240115093000) a version is a date; one with dots is a release. */
function isCounted({ key }: Migration): boolean {
  return /^\d{1,7}$/.test(key);
}

/** Padded with zeros, or mostly counting by one; and not in steps of ten that leave room for a few between. */
function isSequence(migrations: readonly Migration[]): boolean {
  const numbers = [...new Set(migrations.map(({ key }) => Number(key)))];
  if (numbers.filter((number) => number % 10 === 0).length > numbers.length / 2 && numbers.length > 1)
    return false;
  if (migrations.some(({ version, key }) => version.length > key.length)) return true;
  const steps = numbers.slice(1).map((number, index) => number - (numbers[index] ?? 0));
  return steps.filter((step) => step === 1).length * 2 >= steps.length;
}

/** 1001 after 12, 200 after 104: who goes on at a round number, far away, has lost nothing. */
function beginsBlock(from: number, to: number): boolean {
  return (to + 1) % 100 <= 1 && to - from >= 20;
}

function missing(from: number, to: number, width: number): string {
  if (from === to) return `version ${spelt(from, width)} is missing`;
  return `versions ${spelt(from, width)} to ${spelt(to, width)} are missing`;
}

function spelt(number: number, width: number): string {
  return String(number).padStart(width, "0");
}
