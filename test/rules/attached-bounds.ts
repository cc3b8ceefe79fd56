import type { Example } from "#core/lint/rule.ts";

/** Does ATTACH PARTITION read the rows? What CHECKs vouch for is seen where a server and the simulation agree. */
export const attachedBounds: readonly (Example & { readonly note: string })[] = [
  {
    note: "the values of a list",
    before:
      "CREATE TABLE e (k text) PARTITION BY LIST (k);\nCREATE TABLE p (k text NOT NULL CHECK (k IN ('a', 'b')));",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES IN ('a', 'b');",
  },
  {
    note: "fewer values than the CHECK lets pass",
    before:
      "CREATE TABLE e (k text) PARTITION BY LIST (k);\nCREATE TABLE p (k text NOT NULL CHECK (k IN ('b')));",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES IN ('a', 'b');",
  },
  {
    note: "a key of two columns, one with a quoted name",
    before: `CREATE TABLE e (k int, "At" timestamptz) PARTITION BY RANGE (k, "At");
CREATE TABLE p (k int NOT NULL, "At" timestamptz NOT NULL, CHECK (k = 1 AND "At" >= '2020-01-01 00:00:00+00' AND "At" < '2021-01-01'));`,
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (1, '2020-01-01 00:00:00+00') TO (1, '2021-01-01');",
  },
  {
    note: "an open end",
    before:
      "CREATE TABLE e (k int) PARTITION BY RANGE (k);\nCREATE TABLE p (k int NOT NULL, CHECK (k < 10));",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (MINVALUE) TO (10);",
  },
  {
    note: "NULL is ruled out by the CHECK, and a value is negative",
    before:
      "CREATE TABLE e (k int) PARTITION BY RANGE (k);\nCREATE TABLE p (k int, CHECK (k IS NOT NULL AND k >= -5 AND k < 10));",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (-5) TO (10);",
  },
  {
    note: "a CHECK that nobody has validated",
    before:
      "CREATE TABLE e (k int) PARTITION BY RANGE (k);\nCREATE TABLE p (k int NOT NULL);\nALTER TABLE p ADD CHECK (k >= 0 AND k < 10) NOT VALID;",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (0) TO (10);",
  },
  {
    note: "a CHECK of another column",
    before:
      "CREATE TABLE e (k int, kk int) PARTITION BY RANGE (k);\nCREATE TABLE p (k int NOT NULL, kk int, CHECK (kk >= 0 AND kk < 10));",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (0) TO (10);",
  },
  {
    note: "a default partition that is alone",
    before: "CREATE TABLE e (k int) PARTITION BY RANGE (k);\nCREATE TABLE p (k int);",
    up: "ALTER TABLE e ATTACH PARTITION p DEFAULT;",
  },
  {
    note: "a default partition beside another one",
    before:
      "CREATE TABLE e (k int) PARTITION BY RANGE (k);\nCREATE TABLE a PARTITION OF e FOR VALUES FROM (0) TO (10);\nCREATE TABLE p (k int);",
    up: "ALTER TABLE e ATTACH PARTITION p DEFAULT;",
  },
  {
    note: "a hash",
    before: "CREATE TABLE e (k int) PARTITION BY HASH (k);\nCREATE TABLE p (k int NOT NULL);",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES WITH (MODULUS 2, REMAINDER 0);",
  },
  {
    note: "detached",
    before:
      "CREATE TABLE e (k int) PARTITION BY RANGE (k);\nCREATE TABLE p PARTITION OF e FOR VALUES FROM (0) TO (10);",
    up: "ALTER TABLE e DETACH PARTITION p;",
  },
];
