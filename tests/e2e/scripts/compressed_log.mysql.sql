-- Compressed transactions: a whole group is one event, also with a savepoint inside.
CREATE TABLE z (id INT PRIMARY KEY, v VARCHAR(100), j JSON);
-- live
SET binlog_transaction_compression = ON;
INSERT INTO z VALUES (1, REPEAT('a', 100), '{"k": [1, 2, 3]}'), (2, REPEAT('b', 100), NULL);
START TRANSACTION;
INSERT INTO z VALUES (3, REPEAT('c', 100), '[]');
SAVEPOINT s;
INSERT INTO z VALUES (4, REPEAT('d', 100), '[]');
ROLLBACK TO s;
INSERT INTO z VALUES (5, REPEAT('e', 100), '[]');
UPDATE z SET v = 'changed' WHERE id = 1;
COMMIT;
SET binlog_transaction_compression = OFF;
DELETE FROM z WHERE id = 2;
