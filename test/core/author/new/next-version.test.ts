import { describe, expect, it } from "vitest";
import { nextVersion } from "#core/author/new/next-version.ts";

const now = new Date("2026-03-09T07:05:03.250Z");

describe("nextVersion", () => {
  it.each<{ name: string; versions: string[]; next: string }>([
    { name: "an empty folder: six digits", versions: [], next: "000001" },
    { name: "a sequence keeps its width", versions: ["000001", "000002"], next: "000003" },
    { name: "the highest counts, not the last", versions: ["0009", "0010", "0002"], next: "0011" },
    { name: "a gap is not filled", versions: ["001", "005"], next: "006" },
    { name: "no padding where there is none", versions: ["1", "2", "3"], next: "4" },
    { name: "unpadded numbers grow", versions: ["8", "9"], next: "10" },
    { name: "the majority's width", versions: ["1", "0002", "0003"], next: "0004" },
    { name: "a width that is full grows", versions: ["98", "99"], next: "100" },
    { name: "timestamps", versions: ["20240101120000", "20240202120000"], next: "20260309070503" },
    { name: "a timestamp of the future", versions: ["20990101120000"], next: "20990101120001" },
    { name: "seconds since 1970", versions: ["1700000000"], next: "1773039903" },
    {
      name: "one timestamp among numbers",
      versions: ["0001", "0002", "20240101120000"],
      next: "20240101120001",
    },
    { name: "timestamps to the minute", versions: ["202401011200"], next: "202603090705" },
    { name: "days", versions: ["20240101"], next: "20260309" },
    { name: "milliseconds", versions: ["1706700000000"], next: "1773039903250" },
    { name: "Diesel's dashes", versions: ["2024-01-31-120000"], next: "2026-03-09-070503" },
    { name: "Diesel's counter", versions: ["2024-01-31-120000-0000"], next: "2026-03-09-070503-0000" },
    { name: "Diesel's dashes of the future", versions: ["2099-01-31-120000"], next: "2099-01-31-120001" },
    {
      name: "Diesel's dashes, after some with a counter",
      versions: ["2019-01-31-120000", "2020-01-31-120000", "2026-01-31-120000-0000"],
      next: "2026-03-09-070503",
    },
    {
      name: "a second that was counted on to 60",
      versions: ["20240101235959", "20240101235960"],
      next: "20260309070503",
    },
    {
      name: "three styles of dates, none of them that of most",
      versions: ["20190131120000", "2020-01-31-120000", "2026-01-31-120000-0000"],
      next: "2026-03-09-070503-0000",
    },
    { name: "Flyway's dots", versions: ["1.9", "1.10", "1.2"], next: "1.11" },
    { name: "a letter is not counted on", versions: ["1.1.11", "1.1.11a"], next: "1.1.12" },
    { name: "a letter is no digit", versions: ["9", "9a", "10"], next: "11" },
    { name: "a repeatable does not count", versions: ["1", "2", "R"], next: "3" },
    { name: "more than 53 bits", versions: ["9007199254740993"], next: "9007199254740994" },
    { name: "milliseconds of a date", versions: ["20240131120000123"], next: "20260309070503250" },
    {
      name: "Ory's twenty digits",
      versions: ["20230131120000000000", "20240131120000000000"],
      next: "20260309070503000000",
    },
  ])("$name", ({ versions, next }) => {
    expect(nextVersion(versions, now)).toBe(next);
  });
});
