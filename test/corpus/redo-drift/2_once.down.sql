DROP TABLE IF EXISTS first, second;
