DROP INDEX IF EXISTS users_mail_idx;
