CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, gone boolean);
CREATE INDEX users_active ON users (email) WHERE NOT gone;
