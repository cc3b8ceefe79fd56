import { describe, expect, it } from "vitest";
import type { Script } from "#core/migration/model.ts";
import { type ScriptTraits, traitsOf } from "#core/roundtrip/script-traits.ts";

function traits(text: string): (keyof ScriptTraits)[] {
  const script: Script = {
    direction: "up",
    file: { path: "1_a.up.sql", text, bom: false },
    start: 0,
    end: text.length,
    execution: { send: "whole", wrapped: false },
  };
  return Object.entries(traitsOf(script)).flatMap(([name, has]) => (has ? [name as keyof ScriptTraits] : []));
}

describe("what a script may do besides", () => {
  it.each<[string, (keyof ScriptTraits)[]]>([
    ["CREATE TABLE t (id bigint REFERENCES u ON UPDATE CASCADE ON DELETE SET NULL)", []],
    ["ALTER TABLE t ALTER c SET NOT NULL, ALTER c SET DEFAULT 1, ALTER c SET DATA TYPE text", []],
    ["CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()", []],
    ["INSERT INTO t VALUES (1)", ["mayAddRows"]],
    ["CREATE TABLE t AS SELECT 1", ["mayAddRows", "session"]],
    ["UPDATE t SET a = 1", ["mayMoveRows", "session"]],
    ["UPDATE ONLY t SET a = 1", ["mayMoveRows", "session"]],
    ['update "t" set a = 1', ["mayMoveRows", "session"]],
    ["DELETE FROM t", ["mayMoveRows"]],
    ["TRUNCATE t", ["mayMoveRows"]],
    ["REFRESH MATERIALIZED VIEW v", ["mayMoveRows"]],
    ["CREATE POLICY p ON t FOR UPDATE USING (true)", []],
    ["CREATE TRIGGER g AFTER INSERT OR UPDATE OF a OR DELETE ON t FOR EACH ROW EXECUTE FUNCTION f()", []],
    ["SET search_path TO a", ["session"]],
    ["BEGIN; COMMIT", ["transactions", "partial"]],
    ["CREATE INDEX CONCURRENTLY i ON t (a)", ["partial"]],
    ["PREPARE TRANSACTION 'a'", ["transactions", "preparesTransactions", "session", "partial"]],
    ["DROP ROLE reader", ["dropsRoles"]],
    ["DROP OWNED BY reader", ["dropsRoles"]],
  ])("%s", (text, expected) => {
    expect(traits(text)).toEqual(expected);
  });
});
