-- DDL commits the transaction that it interrupts; other statements that commit implicitly do too.
CREATE TABLE a (id INT PRIMARY KEY, v INT);
-- live
START TRANSACTION;
INSERT INTO a VALUES (1, 1);
CREATE TABLE b (id INT PRIMARY KEY, v INT);
INSERT INTO b VALUES (1, 1);
ROLLBACK;
SET autocommit = 0;
INSERT INTO a VALUES (2, 2);
CREATE INDEX by_v ON a (v);
INSERT INTO a VALUES (3, 3);
ROLLBACK;
INSERT INTO a VALUES (4, 4);
SET autocommit = 1;
LOCK TABLES a WRITE;
INSERT INTO a VALUES (5, 5);
UNLOCK TABLES;
ANALYZE TABLE a;
UPDATE a SET v = v + 1;
