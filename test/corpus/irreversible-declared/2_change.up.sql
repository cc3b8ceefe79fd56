-- switchback: irreversible the addresses are gone for good
ALTER TABLE users DROP COLUMN email;
