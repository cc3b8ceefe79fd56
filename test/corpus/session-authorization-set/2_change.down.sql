DROP ROLE switchback_case_user;
