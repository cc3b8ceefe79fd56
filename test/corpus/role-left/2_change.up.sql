CREATE ROLE switchback_case_reader;
GRANT SELECT ON users TO switchback_case_reader;
