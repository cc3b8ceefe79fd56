CREATE SCHEMA billing;
SET search_path TO billing;
CREATE TABLE invoices (id bigint);
