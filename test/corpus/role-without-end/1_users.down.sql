DROP ROLE switchback_case_guest;
