const orders =
  "CREATE TABLE orders (\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n  total numeric NOT NULL\n);\n";

/** What the buttons above the fields put into them. */
export const examples = {
  Locks: {
    before: orders,
    up: "CREATE INDEX orders_total_idx ON orders (total);\n",
    down: "DROP INDEX orders_total_idx;\n",
  },
  "A down that forgets": {
    before: "",
    up: "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');\n\nCREATE TABLE people (\n  id bigint PRIMARY KEY,\n  mood mood NOT NULL\n);\n",
    down: "DROP TABLE people;\n",
  },
  "Only the proof sees it": {
    before: orders,
    up: "DO $$\nDECLARE part text;\nBEGIN\n  FOREACH part IN ARRAY ARRAY['open', 'done'] LOOP\n    EXECUTE format('CREATE TABLE orders_%s (LIKE orders)', part);\n  END LOOP;\nEND $$;\n",
    down: "DROP TABLE orders_open;\n",
  },
  Safe: {
    before: "",
    up: "CREATE TABLE people (\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n  name text NOT NULL\n);\n",
    down: "DROP TABLE people;\n",
  },
};
