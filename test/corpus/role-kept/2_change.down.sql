REVOKE SELECT ON users FROM switchback_case_reader;
