SELECT pg_create_logical_replication_slot('switchback_case', 'pgoutput');
