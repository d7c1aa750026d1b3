-- Temporary tables have no records; what is copied from them has.
CREATE TABLE t (id INT PRIMARY KEY, v INT);
-- live
CREATE TEMPORARY TABLE scratch (id INT PRIMARY KEY, v INT);
INSERT INTO scratch VALUES (1, 1), (2, 2);
UPDATE scratch SET v = v * 2;
INSERT INTO t SELECT * FROM scratch;
CREATE TEMPORARY TABLE t2 AS SELECT * FROM t;
UPDATE t2 SET v = 99;
DROP TEMPORARY TABLE scratch;
-- This one hides the real table of its name.
CREATE TEMPORARY TABLE t (id INT PRIMARY KEY, v INT);
INSERT INTO t VALUES (7, 7);
DROP TEMPORARY TABLE t, t2;
UPDATE t SET v = v + 1 WHERE id = 1;
