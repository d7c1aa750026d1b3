-- ENUM and SET as labels: odd characters and character sets, invalid and empty values, more than 255 labels.
SET sql_mode = '';
CREATE TABLE e (id INT PRIMARY KEY, a ENUM('new', 'paid', 'it''s', 'a,b', '') CHARACTER SET utf8mb4, g ENUM('a', 'é', '中') CHARACTER SET gbk,
  l ENUM('naïve', '€') CHARACTER SET latin1, s SET('x', 'y', 'z'), sg SET('红', '绿', '蓝') CHARACTER SET gbk, sl SET('ä', 'ö') CHARACTER SET latin1 NOT NULL);
CREATE TABLE by_label (k ENUM('z', 'a', 'm') PRIMARY KEY, v INT);
SET @labels = NULL;
SET SESSION group_concat_max_len = 100000;
SELECT CONCAT('CREATE TABLE many (id INT PRIMARY KEY, e ENUM(', GROUP_CONCAT(CONCAT('''e', a.d * 100 + b.d * 10 + c.d, '''') ORDER BY a.d, b.d, c.d), '))') INTO @labels FROM
  (SELECT 0 d UNION SELECT 1 UNION SELECT 2) a,
  (SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) b,
  (SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) c;
PREPARE p FROM @labels;
EXECUTE p;
CREATE TABLE full_set (id INT PRIMARY KEY, s SET('0','1','2','3','4','5','6','7','8','9','10','11','12','13','14','15','16','17','18','19','20','21','22','23','24','25','26','27','28','29','30','31','32','33','34','35','36','37','38','39','40','41','42','43','44','45','46','47','48','49','50','51','52','53','54','55','56','57','58','59','60','61','62','63'));
INSERT INTO e VALUES (1, 'paid', 'é', '€', 'x,z', '红,蓝', 'ä'), (2, 'it''s', '中', 'naïve', '', '', '');
-- live
SET sql_mode = '';
INSERT INTO e VALUES (3, 'zz', 'zz', NULL, NULL, NULL, 'ä,ö'), (4, '', NULL, 'zz', 'y', '绿', ''), (5, 'a,b', 'a', '€', 'x,y,z', '红,绿,蓝', 'ö');
INSERT INTO by_label VALUES ('m', 1), ('a', 2), ('z', 3);
INSERT INTO many VALUES (1, 'e0'), (2, 'e254'), (3, 'e255'), (4, 'e299'), (5, NULL);
INSERT INTO full_set VALUES (1, '0,63'), (2, ''), (3, 18446744073709551615), (4, '31,32');
UPDATE e SET a = 'new', s = CONCAT_WS(',', s, 'y') WHERE id = 1;
UPDATE by_label SET v = v * 10;
UPDATE many SET e = e + 0 - 1 WHERE id = 4;
DELETE FROM by_label WHERE k = 'z';
