-- switchback: lossy nobody reads nicknames any more
ALTER TABLE users DROP COLUMN nickname;
