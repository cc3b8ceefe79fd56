ALTER TABLE users ALTER COLUMN nickname TYPE text;
