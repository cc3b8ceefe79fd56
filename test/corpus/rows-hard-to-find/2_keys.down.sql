ALTER TABLE tree ADD label text;
