import { describe, expect, it } from "vitest";
import { newPair } from "#core/author/new/new-pair.ts";
import { dbmate } from "#core/migration/layout/dbmate.ts";
import { golangMigrate } from "#core/migration/layout/golang-migrate.ts";
import { goose } from "#core/migration/layout/goose.ts";
import type { Layout } from "#core/migration/layout/layout.ts";

const now = new Date("2026-03-09T07:05:03.250Z");
const make = (
  description: string,
  names: readonly (readonly [string, string])[] = [],
  layout: Layout = golangMigrate,
) =>
  newPair({
    layout,
    migrations: names.map(([version, title]) => ({ version, title })),
    siblings: [],
    description,
    now,
  });

describe("newPair", () => {
  it("names both files in the folder's style", () => {
    const pair = make("Add user's status", [["0007", "init"]]);
    expect(pair.ok && pair.files.map((file) => file.name)).toEqual([
      "0008_add_users_status.up.sql",
      "0008_add_users_status.down.sql",
    ]);
  });

  it.each<[string, string]>([
    ["addUserStatus", "add_user_status"],
    ["  add   user-status! ", "add_user_status"],
    ["ADD INDEX", "add_index"],
    ["drop v2 table", "drop_v2_table"],
  ])("%s becomes %s", (description, title) => {
    expect(make(description)).toMatchObject({ ok: true, title });
  });

  it("knows a title that node-pg-migrate spells with dashes", () => {
    expect(make("add users", [["1", "add-users"]])).toEqual({
      ok: false,
      problem: "1_add-users has this title already",
    });
  });

  it.each<[string, RegExp]>([
    ["", /Say what/],
    ["   ", /Say what/],
    ["a/b", /path/],
    ["..\\x", /path/],
    ["naïve", /"ï" is not safe/],
    ["🚀 launch", /"🚀" is not safe/],
    ["--", /letter or digit/],
    ["000001_x.up.sql", /description only/],
    ["x".repeat(101), /At most 100/],
  ])("refuses %j", (description, problem) => {
    expect(make(description)).toEqual({ ok: false, problem: expect.stringMatching(problem) });
  });

  it("refuses a title that is taken", () => {
    expect(make("init", [["0001", "init"]])).toEqual({
      ok: false,
      problem: "0001_init has this title already",
    });
  });

  it.each([
    [golangMigrate, "18446744073709551615", /No version is left .* 18446744073709551616 is too large/],
    [goose, "9223372036854775807", /No version is left .* 9223372036854775808 is too large/],
  ])("refuses a version that its runner cannot read", (layout, highest, problem) => {
    const versions = [[highest, "last"]] as const;
    expect(make("one more", versions, layout)).toEqual({
      ok: false,
      problem: expect.stringMatching(problem),
    });
  });

  it("refuses a version that would run before others, where they are ordered as text", () => {
    const pair = make("ten", [["9", "nine"]], dbmate);
    expect(pair).toEqual({
      ok: false,
      problem: "dbmate would run 10 before 9, for it orders versions as text: give them one width first",
    });
  });
});
