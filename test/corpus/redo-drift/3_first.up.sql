ALTER TABLE first ADD COLUMN name text;
