DROP TABLE billing.invoices;
DROP SCHEMA billing;
SELECT set_config('search_path', '', false);
