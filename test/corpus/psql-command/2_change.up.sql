\connect other
CREATE TABLE lines (line text);
