-- A table without any key, in the stream: equal rows are rows of their own.
-- live
CREATE TABLE n (a INT, b VARCHAR(10));
INSERT INTO n VALUES (1, 'x'), (1, 'x'), (1, 'x'), (NULL, NULL);
DELETE FROM n WHERE a = 1 LIMIT 1;
UPDATE n SET b = 'y' WHERE a = 1 LIMIT 1;
INSERT INTO n VALUES (NULL, NULL), (2, '');
DELETE FROM n WHERE a IS NULL LIMIT 1;
