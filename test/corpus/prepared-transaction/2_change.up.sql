BEGIN;
ALTER TABLE users ADD COLUMN nickname text;
PREPARE TRANSACTION 'switchback_case';
