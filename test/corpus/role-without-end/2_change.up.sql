ALTER ROLE switchback_case_guest VALID UNTIL '2031-01-01';
