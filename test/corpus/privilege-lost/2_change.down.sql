CREATE VIEW emails AS SELECT email FROM users;
