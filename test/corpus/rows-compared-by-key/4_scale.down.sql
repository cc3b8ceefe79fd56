ALTER TABLE users ALTER price TYPE numeric, ALTER settings TYPE json;
