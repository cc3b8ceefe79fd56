ALTER TABLE users ADD COLUMN nickname text;
SELECT pg_sleep(3600);
