ALTER TABLE users ALTER price TYPE numeric(20, 10), ALTER settings TYPE jsonb;
