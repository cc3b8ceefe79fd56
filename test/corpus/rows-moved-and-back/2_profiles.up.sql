CREATE TABLE profiles (user_id bigint PRIMARY KEY REFERENCES users (id), nickname text);
INSERT INTO profiles SELECT id, nickname FROM users;
ALTER TABLE users DROP COLUMN nickname;
