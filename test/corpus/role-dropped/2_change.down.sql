DROP OWNED BY switchback_case_writer;
DROP ROLE switchback_case_writer;
