-- The comment may stay.
SELECT 1;
