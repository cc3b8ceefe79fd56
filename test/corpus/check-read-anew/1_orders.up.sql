CREATE TABLE orders (total numeric(10, 2), CONSTRAINT paid CHECK (total >= 0));
