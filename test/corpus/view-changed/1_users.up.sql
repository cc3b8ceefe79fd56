CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
CREATE VIEW emails AS SELECT email, 'old' AS kind FROM users;
