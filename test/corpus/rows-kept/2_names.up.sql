UPDATE plans SET name = 'paid' WHERE name IS NULL;
