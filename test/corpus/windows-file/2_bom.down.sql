DROP TABLE marks;
