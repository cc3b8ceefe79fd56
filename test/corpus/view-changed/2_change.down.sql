CREATE VIEW emails AS SELECT id FROM users;
