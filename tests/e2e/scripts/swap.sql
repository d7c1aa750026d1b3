-- A schema change as gh-ost and pt-online-schema-change make it: a copy of the table takes its place.
CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(10));
INSERT INTO t VALUES (1, 'one'), (2, 'two');
-- live
CREATE TABLE _t_gho LIKE t;
ALTER TABLE _t_gho ADD COLUMN extra INT DEFAULT 5;
INSERT INTO t VALUES (3, 'three');
INSERT INTO _t_gho (id, v) SELECT id, v FROM t;
RENAME TABLE t TO _t_del, _t_gho TO t;
INSERT INTO t VALUES (4, 'four', 4);
UPDATE t SET extra = id;
DROP TABLE _t_del;
ALTER TABLE t ADD INDEX by_v (v);
ALTER TABLE t RENAME TO renamed;
INSERT INTO renamed VALUES (5, 'five', 5);
ALTER TABLE renamed DROP INDEX by_v;
