CREATE EXTENSION citext;
CREATE EXTENSION btree_gist;
CREATE TYPE mood AS ENUM ('sad','ok','happy');
CREATE DOMAIN pos AS int CHECK (VALUE > 0);
CREATE DOMAIN small_pos AS pos CHECK (VALUE < 10);
CREATE DOMAIN email AS citext CHECK (VALUE ~ '^[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}$');
CREATE TYPE addr AS (street text, zip varchar(5), m mood);
CREATE TYPE frange AS RANGE (subtype = float8);
