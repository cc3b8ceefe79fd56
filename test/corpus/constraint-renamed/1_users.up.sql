CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL CONSTRAINT users_email_unique UNIQUE);
