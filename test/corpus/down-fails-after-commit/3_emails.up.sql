CREATE INDEX users_email_born ON users (email, born);
