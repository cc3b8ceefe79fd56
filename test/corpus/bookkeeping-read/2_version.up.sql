DO $$ BEGIN IF (SELECT count(*) FROM schema_migrations) > 1 THEN RAISE 'more than one version'; END IF; END $$;
ALTER TABLE users ADD COLUMN born date;
