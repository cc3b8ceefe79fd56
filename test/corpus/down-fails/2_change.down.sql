DROP TABLE orders;
DROP VIEW order_ids;
