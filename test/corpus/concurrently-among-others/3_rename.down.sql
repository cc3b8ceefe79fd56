ALTER INDEX users_age_idx RENAME TO users_born_idx;
