CREATE ROLE switchback_case_writer;
GRANT INSERT ON users TO switchback_case_writer;
