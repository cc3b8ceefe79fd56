COMMENT ON COLUMN emails.email IS 'lower case';
