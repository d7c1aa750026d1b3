-- XA with one phase is a transaction; one that was not prepared and is rolled back is none.
CREATE TABLE x (id INT PRIMARY KEY, v INT);
INSERT INTO x VALUES (1, 1);
-- live
XA START 'first';
INSERT INTO x VALUES (2, 2);
UPDATE x SET v = 10 WHERE id = 1;
XA END 'first';
XA COMMIT 'first' ONE PHASE;
XA START 'second', 'branch', 3;
DELETE FROM x;
XA END 'second', 'branch', 3;
XA ROLLBACK 'second', 'branch', 3;
INSERT INTO x VALUES (3, 3);
