DROP FUNCTION deep (integer);
