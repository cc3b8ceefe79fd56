CREATE TABLE posts (id bigserial PRIMARY KEY, author bigint NOT NULL);
