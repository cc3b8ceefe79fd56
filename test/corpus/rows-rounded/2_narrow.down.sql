ALTER TABLE orders ALTER price TYPE numeric(12, 4), ALTER weight TYPE numeric, ALTER ratio TYPE float8,
  ALTER at TYPE timestamptz, ALTER opens TYPE time, ALTER tags TYPE text[] USING ARRAY[tags],
  ALTER kept TYPE numeric(12, 2), ALTER since TYPE timestamptz(0);
