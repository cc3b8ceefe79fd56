ALTER TABLE users ALTER COLUMN nickname TYPE integer USING nickname::integer;
