CREATE FUNCTION deep(level integer) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
  RETURN deep(level + 1);
END
$$;
SELECT deep(1);
