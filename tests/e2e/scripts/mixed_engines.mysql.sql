-- A non-transactional engine beside InnoDB. With GTIDs, MySQL takes its changes only in statements of their own.
-- live
CREATE TABLE i (id INT PRIMARY KEY, v INT) ENGINE = InnoDB;
CREATE TABLE m (id INT PRIMARY KEY, v INT) ENGINE = MyISAM;
INSERT INTO m VALUES (1, 1), (2, 2);
INSERT INTO i VALUES (1, 1);
START TRANSACTION;
UPDATE m SET v = v + 1 WHERE id = 1;
ROLLBACK;
INSERT INTO m VALUES (3, 3) ON DUPLICATE KEY UPDATE v = 0;
DELETE FROM m WHERE id = 2;
DELETE FROM i;
