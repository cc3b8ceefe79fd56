ALTER INDEX users_born_idx RENAME TO users_age_idx;
