CREATE INDEX users_active ON users (email);
