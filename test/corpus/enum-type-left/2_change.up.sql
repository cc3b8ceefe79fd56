CREATE TYPE status AS ENUM ('active', 'blocked');
ALTER TABLE users ADD COLUMN status status;
