ALTER TABLE users ADD active bool DEFAULT true;
