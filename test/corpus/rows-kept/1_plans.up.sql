CREATE TABLE plans (id integer, name text);
INSERT INTO plans VALUES (1, 'free'), (2, NULL);
