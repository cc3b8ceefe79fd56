DROP VIEW emails;
