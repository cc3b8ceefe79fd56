ALTER TABLE users ADD COLUMN nickname text;
UPDATE users SET nickname = profiles.nickname FROM profiles WHERE profiles.user_id = users.id;
DROP TABLE profiles;
