-- Compressed row events.
CREATE TABLE z (id INT PRIMARY KEY, v VARCHAR(1000));
-- live
SET GLOBAL log_bin_compress = ON;
INSERT INTO z VALUES (1, REPEAT('a', 1000)), (2, REPEAT('b', 1000));
UPDATE z SET v = REPEAT('c', 900) WHERE id = 1;
DELETE FROM z WHERE id = 2;
SET GLOBAL log_bin_compress = OFF;
INSERT INTO z VALUES (3, 'plain');
