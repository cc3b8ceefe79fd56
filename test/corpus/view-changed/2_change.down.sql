CREATE VIEW emails AS SELECT email, 'new' AS kind FROM users;
