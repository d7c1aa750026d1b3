-- DDL is followed: columns are added in front and between, dropped, renamed, widened, moved; the key changes.
CREATE TABLE c (id INT PRIMARY KEY, a INT, b VARCHAR(10), gone INT);
INSERT INTO c VALUES (1, 1, 'one', 0);
-- live
INSERT INTO c VALUES (2, 2, 'two', 0);
ALTER TABLE c ADD COLUMN added DATETIME(3) DEFAULT '2024-01-01 00:00:00.5' FIRST, ADD COLUMN e ENUM('x', 'y') AFTER a;
UPDATE c SET e = 'y';
INSERT INTO c (id, a, b, gone) VALUES (3, 3, 'three', 0);
ALTER TABLE c DROP COLUMN gone;
UPDATE c SET a = a + 1;
ALTER TABLE c RENAME COLUMN b TO name;
UPDATE c SET name = UPPER(name);
ALTER TABLE c MODIFY a BIGINT UNSIGNED AFTER name, CHANGE e kind VARCHAR(20) CHARACTER SET latin1;
UPDATE c SET a = 18446744073709551615, kind = CONCAT(kind, ' ÿ');
ALTER TABLE c DROP PRIMARY KEY, ADD PRIMARY KEY (id, name), ADD INDEX (a), COMMENT 'moved; here';
INSERT INTO c (id, name) VALUES (3, 'FOUR');
UPDATE c SET a = id;
DELETE FROM c WHERE id = 2;
