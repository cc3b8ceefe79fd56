ALTER TABLE users DROP active;
