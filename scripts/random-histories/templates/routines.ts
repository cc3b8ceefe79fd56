import { ofParent, ownName, type Pen, type Weighted } from "../pen.ts";
import { condition } from "../values.ts";

/** Functions, triggers and policies. */
export const routines: readonly Weighted[] = [
  [2, createFunction],
  [
    1,
    (pen) =>
      `CREATE FUNCTION ${pen.freshIn("tf")}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`,
  ],
  [1, alterFunction],
  [2, createTrigger],
  [1, alterTrigger],
  [1.5, createPolicy],
  [0.7, alterPolicy],
];

function createFunction(pen: Pen): string {
  const body = pen.word(
    "int LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
    "int LANGUAGE sql AS $$ SELECT 1 $$",
    "text LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN 'x'; END $$",
    "TABLE (x int, y text) LANGUAGE sql AS $$ SELECT 1, 'a'::text $$",
    "void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN NULL; END $$",
    "int STRICT PARALLEL SAFE RETURN 1",
  );
  return `CREATE ${pen.word("", "OR REPLACE ")}FUNCTION ${pen.freshIn("f")}(${pen.word("", "a int", "a int, b text DEFAULT 'x'", "VARIADIC xs int[]")}) RETURNS ${body}`;
}

function alterFunction(pen: Pen): string | undefined {
  const found = pen.one("function");
  if (!found) return undefined;
  const alter = `ALTER FUNCTION ${pen.ref(found)}`;
  return pen.word(
    `DROP FUNCTION ${pen.ref(found)}${pen.cascade()}`,
    `${alter} RENAME TO ${pen.fresh("f")}`,
    `${alter} SET SCHEMA ${pen.schema()}`,
    `${alter} ${pen.word("STABLE", "VOLATILE", "STRICT", "COST 5", "SET work_mem = '1MB'", "SECURITY DEFINER", "RESET ALL")}`,
  );
}

function createTrigger(pen: Pen): string | undefined {
  const called = pen.one("function", ({ attributes }) => /RETURNS trigger/.test(attributes.definition));
  const table = pen.table();
  const column = table && pen.pick(pen.columns(table));
  if (!called || !column) return undefined;
  const event = pen.word(
    "BEFORE INSERT",
    "AFTER UPDATE",
    `AFTER UPDATE OF ${column.name}`,
    "BEFORE INSERT OR UPDATE",
    "AFTER DELETE",
  );
  return `CREATE TRIGGER ${pen.fresh("tr")} ${event} ON ${pen.ref(table)} FOR EACH ${pen.word("ROW", "ROW", "STATEMENT")} EXECUTE ${pen.word("FUNCTION", "PROCEDURE")} ${pen.ref(called)}`;
}

function alterTrigger(pen: Pen): string | undefined {
  const trigger = pen.one("trigger");
  if (!trigger) return undefined;
  const [name, table] = [ownName(trigger), ofParent(trigger)];
  return pen.word(
    `DROP TRIGGER ${name} ON ${table}`,
    `ALTER TRIGGER ${name} ON ${table} RENAME TO ${pen.fresh("tr")}`,
    `ALTER TABLE ${table} DISABLE TRIGGER ${name}`,
    `ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${name}`,
  );
}

function createPolicy(pen: Pen): string | undefined {
  const table = pen.table();
  const column = table && pen.pick(pen.columns(table));
  if (!column) return undefined;
  return `CREATE POLICY ${pen.fresh("po")} ON ${pen.ref(table)}${pen.word("", " FOR SELECT", " FOR ALL TO public", " AS RESTRICTIVE")} USING (${condition(pen, column)})`;
}

function alterPolicy(pen: Pen): string | undefined {
  const policy = pen.one("policy");
  if (!policy) return undefined;
  const [name, table] = [ownName(policy), ofParent(policy)];
  return pen.word(
    `DROP POLICY ${name} ON ${table}`,
    `ALTER POLICY ${name} ON ${table} RENAME TO ${pen.fresh("po")}`,
    `ALTER POLICY ${name} ON ${table} USING (true)`,
  );
}
