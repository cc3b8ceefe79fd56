CREATE TABLE orders (id serial PRIMARY KEY, state text CONSTRAINT known CHECK (state <> ''));
