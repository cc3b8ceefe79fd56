import type { Example } from "#core/lint/rule.ts";

/**
 * Does ATTACH PARTITION read the rows? What CHECKs vouch for, and which indexes and foreign keys are there already, is
 * seen where a server and the simulation agree.
 */
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
  {
    note: "an index of the whole that is built",
    before:
      "CREATE TABLE e (k int, u int) PARTITION BY RANGE (k);\nCREATE INDEX e_u ON e (u);\nCREATE TABLE p (k int NOT NULL, u int, CHECK (k >= 0 AND k < 10));",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (0) TO (10);",
  },
  {
    note: "an index of the whole that is there",
    before:
      "CREATE TABLE e (k int, u int) PARTITION BY RANGE (k);\nCREATE INDEX e_u ON e (u);\nCREATE TABLE p (k int NOT NULL, u int, CHECK (k >= 0 AND k < 10));\nCREATE INDEX p_u ON p (u);",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (0) TO (10);",
  },
  {
    note: "a unique index of the whole, where the one there is not unique",
    before:
      "CREATE TABLE e (k int, u int) PARTITION BY RANGE (k);\nCREATE UNIQUE INDEX e_k ON e (k);\nCREATE TABLE p (k int NOT NULL, u int, CHECK (k >= 0 AND k < 10));\nCREATE INDEX p_k ON p (k);",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (0) TO (10);",
  },
  {
    note: "a key of the whole that is built",
    before:
      "CREATE TABLE e (k int, u int) PARTITION BY RANGE (k);\nALTER TABLE e ADD PRIMARY KEY (k);\nCREATE TABLE p (k int NOT NULL, u int, CHECK (k >= 0 AND k < 10));",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (0) TO (10);",
  },
  {
    note: "a key of the whole that is there",
    before:
      "CREATE TABLE e (k int, u int) PARTITION BY RANGE (k);\nALTER TABLE e ADD PRIMARY KEY (k);\nCREATE TABLE p (k int NOT NULL, u int, CHECK (k >= 0 AND k < 10));\nALTER TABLE p ADD PRIMARY KEY (k);",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (0) TO (10);",
  },
  {
    note: "a foreign key whose rows are looked up",
    before:
      "CREATE TABLE u (id int PRIMARY KEY);\nCREATE TABLE e (k int, u int) PARTITION BY RANGE (k);\nALTER TABLE e ADD FOREIGN KEY (u) REFERENCES u;\nCREATE TABLE p (k int NOT NULL, u int, CHECK (k >= 0 AND k < 10));",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (0) TO (10);",
  },
  {
    note: "a foreign key that is there",
    before:
      "CREATE TABLE u (id int PRIMARY KEY);\nCREATE TABLE e (k int, u int) PARTITION BY RANGE (k);\nALTER TABLE e ADD FOREIGN KEY (u) REFERENCES u;\nCREATE TABLE p (k int NOT NULL, u int, CHECK (k >= 0 AND k < 10));\nALTER TABLE p ADD FOREIGN KEY (u) REFERENCES u;",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (0) TO (10);",
  },
  {
    note: "a foreign key that is there and not valid",
    before:
      "CREATE TABLE u (id int PRIMARY KEY);\nCREATE TABLE e (k int, u int) PARTITION BY RANGE (k);\nALTER TABLE e ADD FOREIGN KEY (u) REFERENCES u;\nCREATE TABLE p (k int NOT NULL, u int, CHECK (k >= 0 AND k < 10));\nALTER TABLE p ADD FOREIGN KEY (u) REFERENCES u NOT VALID;",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (0) TO (10);",
  },
  {
    note: "a foreign key with another action",
    before:
      "CREATE TABLE u (id int PRIMARY KEY);\nCREATE TABLE e (k int, u int) PARTITION BY RANGE (k);\nALTER TABLE e ADD FOREIGN KEY (u) REFERENCES u;\nCREATE TABLE p (k int NOT NULL, u int, CHECK (k >= 0 AND k < 10));\nALTER TABLE p ADD FOREIGN KEY (u) REFERENCES u ON DELETE CASCADE;",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (0) TO (10);",
  },
  {
    note: "partitions of the partition, an index and a foreign key",
    before:
      "CREATE TABLE u (id int PRIMARY KEY);\nCREATE TABLE e (k int, u int) PARTITION BY RANGE (k);\nALTER TABLE e ADD FOREIGN KEY (u) REFERENCES u;\nCREATE INDEX e_u ON e (u);\nCREATE TABLE p (k int NOT NULL, u int, CHECK (k >= 0 AND k < 10)) PARTITION BY RANGE (k);\nCREATE TABLE q PARTITION OF p FOR VALUES FROM (0) TO (5);",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (0) TO (10);",
  },
  {
    note: "partitions of the partition, whose bound nothing proves",
    before:
      "CREATE TABLE e (k int, u int) PARTITION BY RANGE (k);\nCREATE TABLE p (k int, u int) PARTITION BY RANGE (k);\nCREATE TABLE q PARTITION OF p FOR VALUES FROM (0) TO (5);",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (0) TO (10);",
  },
  {
    note: "a foreign key of a new partition",
    before:
      "CREATE TABLE u (id int PRIMARY KEY);\nCREATE TABLE e (k int, u int) PARTITION BY RANGE (k);\nALTER TABLE e ADD FOREIGN KEY (u) REFERENCES u;",
    up: "CREATE TABLE p PARTITION OF e FOR VALUES FROM (0) TO (10);",
  },
  {
    note: "partitions that are detached",
    before:
      "CREATE TABLE u (id int PRIMARY KEY);\nCREATE TABLE e (k int, u int) PARTITION BY RANGE (k);\nALTER TABLE e ADD FOREIGN KEY (u) REFERENCES u;\nCREATE TABLE p PARTITION OF e FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (k);\nCREATE TABLE q PARTITION OF p FOR VALUES FROM (0) TO (5);",
    up: "ALTER TABLE e DETACH PARTITION p;",
  },
  {
    note: "a foreign key that is enforced again",
    before:
      "CREATE TABLE u (id int PRIMARY KEY);\nCREATE TABLE e (k int, u int);\nALTER TABLE e ADD CONSTRAINT f FOREIGN KEY (u) REFERENCES u NOT ENFORCED;",
    up: "ALTER TABLE e ALTER CONSTRAINT f ENFORCED;",
  },
  {
    note: "a foreign key that is not enforced any more",
    before: "CREATE TABLE u (id int PRIMARY KEY);\nCREATE TABLE e (k int, u int CONSTRAINT f REFERENCES u);",
    up: "ALTER TABLE e ALTER CONSTRAINT f NOT ENFORCED;",
  },
  {
    note: "a foreign key that can be deferred",
    before: "CREATE TABLE u (id int PRIMARY KEY);\nCREATE TABLE e (k int, u int CONSTRAINT f REFERENCES u);",
    up: "ALTER TABLE e ALTER CONSTRAINT f DEFERRABLE;",
  },
  {
    note: "partitions of the partition, one of which a CHECK vouches for",
    before:
      "CREATE TABLE e (k int, u int) PARTITION BY RANGE (k);\nCREATE TABLE p (k int, u int) PARTITION BY LIST (u);\nCREATE TABLE q PARTITION OF p FOR VALUES IN (1);\nALTER TABLE q ADD CHECK (k IS NOT NULL AND k >= 0 AND k < 10);\nCREATE TABLE r PARTITION OF p FOR VALUES IN (2);",
    up: "ALTER TABLE e ATTACH PARTITION p FOR VALUES FROM (0) TO (10);",
  },
];
