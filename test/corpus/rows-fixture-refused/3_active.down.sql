ALTER TABLE users ADD active bool;
ALTER TABLE users ALTER active SET DEFAULT true;
