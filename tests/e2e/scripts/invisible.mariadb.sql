-- Invisible columns are part of every row; the hidden hash column of a UNIQUE over TEXT is not.
CREATE TABLE i (id INT PRIMARY KEY, a INT, hidden INT INVISIBLE DEFAULT 5, b INT);
CREATE TABLE hashed (id INT PRIMARY KEY, a TEXT, UNIQUE (a));
INSERT INTO i (id, a, b) VALUES (1, 1, 1);
INSERT INTO hashed VALUES (1, 'one');
-- live
INSERT INTO i (id, a, hidden, b) VALUES (2, 2, 22, 2);
UPDATE i SET hidden = hidden + 1;
INSERT INTO hashed VALUES (2, 'two'), (3, NULL);
UPDATE hashed SET a = CONCAT(a, '!');
DELETE FROM hashed WHERE id = 1;
