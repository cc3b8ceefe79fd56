-- The indexes fall with their table.

DROP TABLE IF EXISTS users;
