import { describe, expect, test } from "vitest";
import { dumpSql } from "#core/roundtrip/dump-sql.ts";

describe("a dump of pg_dump", () => {
  test.each([
    ["\\restrict abc\n\nCREATE TABLE t (a int);\n\\unrestrict abc", "\n\nCREATE TABLE t (a int);\n"],
    ["SET transaction_timeout = 0;\nSELECT 1;", "\nSELECT 1;"],
    [
      "COPY public.t (a, b) FROM stdin;\n1\tit's\n2\t\\N\n3\ta\\tb\\\\c\n\\.\nSELECT 1;",
      "\nINSERT INTO public.t (a, b) OVERRIDING SYSTEM VALUE VALUES ('1', 'it''s')\n, ('2', NULL)\n, ('3', E'a\tb\\\\c')\n;\nSELECT 1;",
    ],
    [
      "CREATE DATABASE app WITH TEMPLATE = template0;\nALTER DATABASE app OWNER TO o;\nCOMMENT ON DATABASE app IS 'x';\n\\connect app",
      "\n\n\n",
    ],
    [
      "GRANT CONNECT,TEMPORARY ON DATABASE app TO PUBLIC;\nALTER ROLE o IN DATABASE app SET search_path TO 'a';\nSELECT 1;",
      "\n\nSELECT 1;",
    ],
    ["CREATE SCHEMA public;", "CREATE SCHEMA IF NOT EXISTS public;"],
    ["COPY public.t (a) FROM stdin;\n\\.\n", "\n\n"],
    [
      "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$\nselect '\n\\restrict'\n$$;",
      "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$\nselect '\n\\restrict'\n$$;",
    ],
  ])("%j becomes SQL with the same lines", (dump, sql) => {
    expect(dumpSql(dump)).toBe(sql);
    expect(dumpSql(dump).split("\n")).toHaveLength(dump.split("\n").length);
  });
});
