-- Zero and partial dates, which sql_mode '' allows.
SET sql_mode = '';
CREATE TABLE z (id INT PRIMARY KEY, d DATE, dt DATETIME, dt6 DATETIME(6), ts TIMESTAMP NULL, ts3 TIMESTAMP(3) NULL, y YEAR, t TIME);
INSERT INTO z VALUES (1, '0000-00-00', '0000-00-00 00:00:00', '0000-00-00', '0000-00-00', '0000-00-00', 0, 0);
-- live
SET sql_mode = '';
INSERT INTO z VALUES (2, '2024-00-00', '2024-02-00 01:02:03', '2024-00-00 00:00:00.000001', '1970-01-01 00:00:01', '1970-01-01 00:00:00.001', 1970, '-00:00:01');
UPDATE z SET d = '0000-00-00', ts = '0000-00-00' WHERE id = 2;
UPDATE z SET d = '2024-01-01', ts = '2024-01-01', dt = '0000-00-00' WHERE id = 1;
