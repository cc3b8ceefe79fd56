ALTER TABLE posts DROP CONSTRAINT posts_author_check;
ALTER TABLE posts DROP CONSTRAINT posts_author_fkey;
