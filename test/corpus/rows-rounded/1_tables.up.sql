CREATE TYPE state AS ENUM ('new', 'paid', 'done');
CREATE TABLE orders (id int PRIMARY KEY, price numeric(12, 4), weight numeric, ratio float8, at timestamptz, opens time,
  state state, email text, tags text[], kept numeric(12, 2), since timestamptz(0));
