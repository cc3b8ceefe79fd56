DELETE FROM pg_enum WHERE enumlabel = 'audio' AND enumtypid = 'kind'::regtype;
