ALTER TABLE users ADD COLUMN born date;
