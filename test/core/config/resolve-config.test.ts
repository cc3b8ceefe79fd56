import { expect, test } from "vitest";
import { optionTable } from "#core/config/options.ts";
import { builtInConfig, resolveConfig } from "#core/config/resolve-config.ts";

test("flags beat the file, the file beats what is built in", () => {
  const config = resolveConfig({ postgres: 15 }, { postgres: 16, timeout: 5 });
  expect(config).toMatchObject({ postgres: 15, timeout: 5, failOn: "error" });
});

test("rules of several layers merge one by one", () => {
  const config = resolveConfig({ rules: { a: "off" } }, { rules: { a: "error", b: "info" } });
  expect(config.rules).toEqual({ a: "off", b: "info" });
});

test("without any layer everything is as built in", () => {
  expect(resolveConfig()).toEqual({ ...builtInConfig, versionUnsaid: true });
});

test.each([{ postgres: 18 }, { target: 13 }])("who says %j has said a version", (said) => {
  expect(resolveConfig({}, said).versionUnsaid).toBeUndefined();
});

test("the table names each key, flag, input and setting once", () => {
  for (const column of [
    optionTable.map((row) => row.name),
    optionTable.flatMap((row) => (row.flag ? [row.flag.name] : [])),
    optionTable.flatMap((row) => (row.input ? [row.input] : [])),
    optionTable.flatMap((row) => (row.setting ? [row.setting] : [])),
  ])
    expect(new Set(column).size).toBe(column.length);
});

test("a flag is the kebab-case of its option, as commander turns it back; what is built in is turned off by --no-", () => {
  for (const { name, flag, ...row } of optionTable) {
    const words = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (flag) expect(flag.name).toBe(`--${"default" in row && row.default === true ? "no-" : ""}${words}`);
  }
});
