CREATE ROLE switchback_case_guest;
