import { describe, expect, it } from "vitest";
import { schemaDiff } from "../../extension/src/testing/schema-diff.ts";

const schema = "public.users (table)\npublic.users.email (column): text\n";
const change = { class: "real" as const, words: "" };

describe("schemaDiff", () => {
  it("adds what the down left behind", () => {
    const left = { ...change, kind: "type", object: "public.mood", before: null, after: "enum (a, b)" };
    expect(schemaDiff(schema, [left])).toEqual({
      expected: schema,
      actual: `public.mood (type): enum (a, b)\n${schema}`,
    });
  });

  it("takes away what the down lost", () => {
    const lost = { ...change, kind: "column", object: "public.users.email", before: "text", after: null };
    expect(schemaDiff(schema, [lost])).toEqual({ expected: schema, actual: "public.users (table)\n" });
  });

  it("shows both definitions of what differs, also where the statements foresaw another one", () => {
    const before = "character varying(10)\n  NOT NULL";
    const differs = { ...change, kind: "column", object: "public.users.email", before, after: "text" };
    const { expected, actual } = schemaDiff(schema, [differs]);
    expect(expected).toContain("public.users.email (column): character varying(10) NOT NULL\n");
    expect(actual).toContain("public.users.email (column): text\n");
  });

  it("does without a schema", () => {
    const left = { ...change, kind: "schema", object: "billing", before: null, after: "schema" };
    expect(schemaDiff("", [left])).toEqual({ expected: "", actual: "billing (schema)\n" });
  });
});
