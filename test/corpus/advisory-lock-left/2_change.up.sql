SELECT pg_advisory_lock(4711);
ALTER TABLE users ADD COLUMN nickname text;
