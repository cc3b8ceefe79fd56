DO $$ BEGIN
  IF EXISTS (SELECT FROM log) THEN CREATE TABLE second (id integer); ELSE CREATE TABLE first (id integer); END IF;
END $$;
INSERT INTO log VALUES ('up');
