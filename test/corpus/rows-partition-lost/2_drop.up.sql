DROP TABLE visits_2025;
DROP TABLE tenants_de_1;
