ALTER TABLE users RENAME disabled TO active;
