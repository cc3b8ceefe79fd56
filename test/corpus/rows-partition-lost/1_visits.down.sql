DROP TABLE visits, tenants;
