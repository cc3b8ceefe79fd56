DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'switchback_case_reader') THEN
    CREATE ROLE switchback_case_reader LOGIN;
  END IF;
END $$;
ALTER ROLE switchback_case_reader SET work_mem = '8MB';
GRANT SELECT ON users TO switchback_case_reader;
