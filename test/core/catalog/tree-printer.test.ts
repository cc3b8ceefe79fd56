import { beforeAll, expect, it } from "vitest";
import { sqlText } from "#core/catalog/simulate/sql-text.ts";
import { loadParser, parseSql } from "#core/sql/parse.ts";

/** Queries with syntax that the deparser does not know or spells wrongly; the rest is its own to test. */
const queries = [
  "SELECT * FROM JSON_TABLE('[]'::jsonb, '$[*]' COLUMNS (a int PATH '$.a')) t",
  `SELECT * FROM x, LATERAL JSON_TABLE(a, '$[*]' AS p PASSING 1 AS x, b AS "Y" COLUMNS (n FOR ORDINALITY, a int PATH '$.a' DEFAULT 1 ON EMPTY ERROR ON ERROR, e boolean EXISTS PATH '$.e', j jsonb FORMAT JSON PATH '$.j' WITH UNCONDITIONAL WRAPPER OMIT QUOTES, NESTED PATH '$.x' AS q COLUMNS (z text)) ERROR ON ERROR) t(c1)`,
  "SELECT JSON_VALUE('{}'::jsonb, '$.a' RETURNING int DEFAULT 1 ON EMPTY NULL ON ERROR)",
  "SELECT JSON_VALUE(a FORMAT JSON, '$.a' PASSING 1 AS x), JSON_QUERY(a, '$' RETURNING bytea FORMAT JSON ENCODING UTF8 EMPTY OBJECT ON ERROR)",
  "SELECT JSON_QUERY(a, '$.a' WITH CONDITIONAL WRAPPER EMPTY ARRAY ON EMPTY), JSON_QUERY(a, '$' WITHOUT WRAPPER KEEP QUOTES)",
  "SELECT 1 FROM t WHERE JSON_EXISTS(a, '$.a ? (@ > $x)' PASSING 1 AS x UNKNOWN ON ERROR)",
  "SELECT * FROM XMLTABLE('/r' PASSING x COLUMNS a int PATH 'a') t",
  `SELECT * FROM y, LATERAL XMLTABLE(XMLNAMESPACES('u' AS x, DEFAULT 'd'), '/r' PASSING data COLUMNS n FOR ORDINALITY, "A" int PATH 'a' DEFAULT 1 NOT NULL) AS t(q)`,
];

beforeAll(loadParser);

it.each(queries)("%s is printed as the same query", (sql) => {
  expect(treeOf(sqlText(parseSql(sql).statements[0]?.node))).toBe(treeOf(sql));
});

/** Without the places, which white space moves. */
function treeOf(sql: string): string | undefined {
  const { statements, problem } = parseSql(sql);
  expect(problem).toBeUndefined();
  return JSON.stringify(statements[0]?.node, (key, value) => (/location$/.test(key) ? undefined : value));
}
