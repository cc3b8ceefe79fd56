CREATE TABLE marks (id bigint);
