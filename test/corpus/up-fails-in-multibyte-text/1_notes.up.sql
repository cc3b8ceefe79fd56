COMMENT ON SCHEMA public IS 'déjà 😀 vu'; SELECT '😀' FROM nowhere;
