import { expect, it } from "vitest";
import { holdsAll, narrowing } from "#core/catalog/narrowing.ts";

/** From, to, what happens to values that do not fit; nothing: all do. */
const cases: [from: string, to: string, loss?: string][] = [
  ["text", "varchar(20)", "fails on values of more than 20 characters"],
  ["character varying(30)", "varchar(20)", "fails on values of more than 20 characters"],
  ["character varying(20)", "character varying(30)"],
  ["character varying(20)", "text"],
  ["smallint", "bigint"],
  ["bigint", "int", "fails on values beyond integer"],
  ["bigint", "numeric"],
  ["numeric(8,2)", "numeric(12,2)"],
  ["numeric(8,2)", "numeric(8,1)", "rounds fractions"],
  ["real", "double precision"],
  ["double precision", "real", "loses digits"],
];

it.each(cases)("%s to %s", (from, to, loss) => {
  expect(narrowing(from, to)).toBe(loss);
  expect(holdsAll(from, to)).toBe(loss === undefined);
});

it("a cast cuts", () => {
  expect(narrowing("character(10)", "bpchar")).toBeUndefined();
  expect(narrowing("text", "varchar(20)", true)).toBe("cuts values of more than 20 characters");
});
