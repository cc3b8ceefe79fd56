CREATE TABLE users (id int PRIMARY KEY, active bool NOT NULL, price numeric NOT NULL, settings json NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
