ALTER TABLE users ADD COLUMN born date;
CREATE INDEX CONCURRENTLY users_born_idx ON users (born);
