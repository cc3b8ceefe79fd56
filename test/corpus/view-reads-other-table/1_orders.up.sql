CREATE TABLE users (id integer PRIMARY KEY, created_at date);
CREATE TABLE orders (id integer PRIMARY KEY, user_id integer, created_at date);
CREATE VIEW recent AS
  SELECT orders.id, users.created_at FROM orders JOIN users ON users.id = orders.user_id;
CREATE POLICY own ON orders USING (EXISTS (SELECT FROM users WHERE users.id = orders.user_id AND users.id = 1));
