CREATE TYPE status AS ENUM ('active', 'blocked');
