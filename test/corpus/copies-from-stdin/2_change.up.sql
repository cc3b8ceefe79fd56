CREATE TABLE lines (line text);
COPY lines FROM STDIN;
