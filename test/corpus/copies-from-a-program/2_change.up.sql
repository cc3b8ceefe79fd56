CREATE TABLE lines (line text);
COPY lines FROM PROGRAM 'echo one';
