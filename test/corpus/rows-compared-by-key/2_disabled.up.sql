ALTER TABLE users RENAME active TO disabled;
UPDATE users SET disabled = NOT disabled;
