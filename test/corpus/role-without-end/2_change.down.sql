ALTER ROLE switchback_case_guest VALID UNTIL 'infinity';
