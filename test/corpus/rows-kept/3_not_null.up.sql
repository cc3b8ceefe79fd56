DO $$ BEGIN IF (SELECT count(*) FROM plans) <> 2 THEN RAISE 'the rows are gone'; END IF; END $$;
ALTER TABLE plans ALTER COLUMN name SET NOT NULL;
