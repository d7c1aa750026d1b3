-- The log's checksums are switched off and on while it is read.
CREATE TABLE c (id INT PRIMARY KEY);
-- live
INSERT INTO c VALUES (1);
SET GLOBAL binlog_checksum = 'NONE';
INSERT INTO c VALUES (2);
SET GLOBAL binlog_checksum = 'CRC32';
INSERT INTO c VALUES (3);
