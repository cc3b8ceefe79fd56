CREATE ROLE switchback_case_user;
SET SESSION AUTHORIZATION switchback_case_user;
