-- A non-transactional engine in a transaction: its rows stay when the transaction is rolled back.
-- live
CREATE TABLE i (id INT PRIMARY KEY, v INT) ENGINE = InnoDB;
CREATE TABLE m (id INT PRIMARY KEY, v INT) ENGINE = MyISAM;
INSERT INTO m VALUES (1, 1), (2, 2);
START TRANSACTION;
INSERT INTO i VALUES (1, 1);
INSERT INTO m VALUES (3, 3);
UPDATE m SET v = v + 1 WHERE id = 1;
ROLLBACK;
START TRANSACTION;
INSERT INTO m VALUES (4, 4);
INSERT INTO i VALUES (2, 2);
DELETE FROM m WHERE id = 2;
COMMIT;
