CREATE ROLE switchback_case_guest;
SET ROLE switchback_case_guest;
