-- MariaDB may log an ALTER twice, at its start and at its end: the columns change once.
CREATE TABLE t (id INT PRIMARY KEY);
INSERT INTO t VALUES (1);
-- live
SET SESSION binlog_alter_two_phase = ON;
ALTER TABLE t ADD COLUMN c INT DEFAULT 3;
SET SESSION binlog_alter_two_phase = OFF;
UPDATE t SET c = 4;
INSERT INTO t VALUES (2, 2);
