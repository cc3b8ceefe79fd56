DROP INDEX users_born_idx;
ALTER TABLE users DROP COLUMN born;
