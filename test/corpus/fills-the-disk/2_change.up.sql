SET temp_file_limit = '1MB';
SELECT count(*) FROM (SELECT g, repeat('x', 500) FROM generate_series(1, 200000) g ORDER BY 2, 1) s;
