CREATE TYPE kind AS ENUM ('image');
