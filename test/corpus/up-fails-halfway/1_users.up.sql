CREATE TABLE users (id bigint PRIMARY KEY);

-- déjà vu 😀
CREATE TABLE users (id bigint);
CREATE TABLE orders (id bigint);
