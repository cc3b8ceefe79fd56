DROP INDEX users_email_born;
