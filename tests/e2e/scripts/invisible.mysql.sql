-- Invisible columns are part of every row; a generated invisible primary key is a key.
CREATE TABLE i (id INT PRIMARY KEY, a INT, hidden INT INVISIBLE DEFAULT 5, b INT);
SET sql_generate_invisible_primary_key = ON;
CREATE TABLE no_key (v INT);
SET sql_generate_invisible_primary_key = OFF;
INSERT INTO i (id, a, b) VALUES (1, 1, 1);
INSERT INTO no_key VALUES (1), (1), (2);
-- live
INSERT INTO i (id, a, hidden, b) VALUES (2, 2, 22, 2);
UPDATE i SET hidden = hidden + 1;
INSERT INTO no_key VALUES (3);
UPDATE no_key SET v = v + 10 WHERE v = 1;
DELETE FROM no_key WHERE v = 2;
