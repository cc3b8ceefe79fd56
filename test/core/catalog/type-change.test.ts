import { afterAll, beforeAll, expect, it } from "vitest";
import { Catalog } from "#core/catalog/catalog.ts";
import { typeChangeRewrites } from "#core/catalog/simulate/type-change.ts";
import { World } from "#core/catalog/simulate/world.ts";
import { openEmbedded } from "#core/postgres/embedded/open-embedded.ts";
import type { Database, Engine, Session } from "#core/postgres/session.ts";

/** Every pair of these types is tried on a server: the file of the table changes exactly when a rewrite was foretold. */
const types =
  `smallint, integer, bigint, oid, regclass, real, double precision, numeric, numeric(10,2), numeric(12,2),
  numeric(12,4), numeric(8,2), text, character varying, character varying(10), character varying(20), character(5),
  character(8), "char", name, bytea, bit(4), bit(8), bit varying, bit varying(4), bit varying(8), date,
  time without time zone, time(3) without time zone, time(6) without time zone, time with time zone,
  time(3) with time zone, timestamp without time zone, timestamp(3) without time zone, timestamp(6) without time zone,
  timestamp with time zone, timestamp(3) with time zone, timestamp(6) with time zone, interval, interval(3), interval(6),
  inet, cidr, uuid, json, jsonb, xml, boolean, text[], character varying[], character varying(10)[],
  character varying(20)[], public.mood, public.plain, public.checked, public.nested, public.citext`
    .split(/,\s+(?![^(]*\))/)
    .map((type) => type.trim());

const domains = [
  "CREATE DOMAIN plain AS varchar(10)",
  "CREATE DOMAIN checked AS text CHECK (VALUE <> '')",
  "CREATE DOMAIN nested AS checked",
];

let engine: Engine;
let database: Database;
let session: Session;

beforeAll(async () => {
  engine = await openEmbedded({ major: 18 });
  database = await engine.createDatabase();
  session = await database.connect();
  await session.execute("CREATE TYPE mood AS ENUM ('a'); CREATE EXTENSION citext;");
  for (const sql of [...domains, rewrites]) await session.execute(sql);
});

afterAll(async () => {
  await session?.close();
  await engine?.stop();
});

it.each(["UTC", "Europe/Berlin"])(
  "in %s rows are written anew exactly where it was foretold",
  async (timeZone) => {
    // The zone matters to times alone.
    const tried = timeZone === "UTC" ? types : types.filter((type) => type.startsWith("time"));
    await session.execute(`SET timezone = '${timeZone}'`);
    const real = await session.query(
      "SELECT a, b, rewrites(a, b) FROM unnest(string_to_array($1, ';')) a, unnest(string_to_array($1, ';')) b",
      [tried.join(";")],
    );
    const wrong = real.flatMap(([from, to, result]) => {
      if (!from || !to || result === null) return [];
      const foretold = typeChangeRewrites(world(timeZone), from, to) ? "rewrites" : "does not rewrite";
      return foretold === result ? [] : [`${from} -> ${to} ${result}`];
    });
    expect(wrong).toEqual([]);
    expect(real.filter(([, , result]) => result !== null).length).toBeGreaterThan(tried.length);
  },
);

/** NULL where PostgreSQL has no such conversion. */
const rewrites = `CREATE FUNCTION rewrites(a text, b text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  before oid;
  result text;
BEGIN
  EXECUTE 'CREATE TABLE t (c ' || a || ')';
  before := pg_relation_filenode('t');
  EXECUTE 'ALTER TABLE t ALTER COLUMN c TYPE ' || b || ' USING c::' || b;
  result := CASE WHEN pg_relation_filenode('t') = before THEN 'does not rewrite' ELSE 'rewrites' END;
  -- Undoes the table; the variable keeps its value.
  RAISE EXCEPTION 'undo';
EXCEPTION WHEN OTHERS THEN
  RETURN result;
END $$`;

function world(timeZone: string): World {
  const catalog = Catalog.of([
    { kind: "domain", name: "public.plain", attributes: { type: "character varying(10)" }, dependsOn: [] },
    { kind: "domain", name: "public.checked", attributes: { type: "text" }, dependsOn: [] },
    { kind: "domain", name: "public.nested", attributes: { type: "public.checked" }, dependsOn: [] },
    {
      kind: "constraint",
      name: "public.checked.checked_check",
      parent: "domain public.checked",
      attributes: { type: "check", definition: "CHECK ((VALUE <> ''))", columns: [] },
      dependsOn: [],
    },
  ]);
  const result = new World(catalog, 18);
  result.settings = { ...result.settings, timeZone };
  return result;
}
