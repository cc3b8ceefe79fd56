ALTER TABLE orders ALTER price TYPE numeric(12, 2), ALTER weight TYPE numeric(12, 3), ALTER ratio TYPE float4,
  ALTER at TYPE timestamptz(0), ALTER opens TYPE time(3), ALTER tags TYPE text USING tags[1],
  ALTER kept TYPE numeric(14, 4), ALTER since TYPE timestamptz;
UPDATE orders SET email = lower(email), state = 'done' WHERE state <> 'new';
