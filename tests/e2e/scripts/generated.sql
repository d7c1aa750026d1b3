-- Generated columns, stored and virtual, are columns like others.
CREATE TABLE g (id INT PRIMARY KEY, a INT, b INT, total INT AS (a + b) STORED, label VARCHAR(30) AS (CONCAT('#', a)) VIRTUAL, last_one INT);
INSERT INTO g (id, a, b, last_one) VALUES (1, 1, 2, 3);
-- live
INSERT INTO g (id, a, b, last_one) VALUES (2, 10, 20, 30), (3, NULL, 1, 1);
UPDATE g SET a = a + 1;
UPDATE g SET last_one = 0 WHERE id = 2;
DELETE FROM g WHERE id = 1;
