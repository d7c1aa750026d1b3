-- Text in six character sets becomes UTF-8: CHAR, VARCHAR, TEXT; as values and as keys.
CREATE TABLE c (
  id INT PRIMARY KEY, u4 VARCHAR(40) CHARACTER SET utf8mb4, u3 VARCHAR(40) CHARACTER SET utf8mb3, l VARCHAR(40) CHARACTER SET latin1,
  a VARCHAR(40) CHARACTER SET ascii, g VARCHAR(40) CHARACTER SET gbk, fixed CHAR(10) CHARACTER SET utf8mb4, wide CHAR(255) CHARACTER SET utf8mb4,
  fixed_l CHAR(10) CHARACTER SET latin1, tt TINYTEXT CHARACTER SET latin1, tx TEXT CHARACTER SET gbk, mt MEDIUMTEXT, lt LONGTEXT CHARACTER SET utf8mb3);
CREATE TABLE by_text (k VARCHAR(20) CHARACTER SET gbk PRIMARY KEY, v INT);
CREATE TABLE by_latin (k CHAR(8) CHARACTER SET latin1 COLLATE latin1_bin PRIMARY KEY, v INT);
INSERT INTO c VALUES (1, 'héllo 😀 ☃', 'ünïcode ☃', 'naïve €', 'plain', '你好', 'ab', 'é', 'ÿ', 'Ærø', '中文', 'a\\b"c\'d', 'tab\tline\nend');
INSERT INTO by_text VALUES ('键', 1), ('key', 2), ('', 3);
-- live
INSERT INTO c VALUES (2, '', '', '', '', '', '', '', '', '', '', '', ''),
  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (4, '\0\Z\b\r', ' trailing  ', CONVERT(x'80' USING latin1), '~', CONVERT(x'C4E3' USING gbk), 'end  ', ' x ', 'a ', '  ', REPEAT('字', 200), REPEAT('é', 300), '\0'),
  (5, '𐍈𝄞', '￿', 'ßþ', '{}', '镕', 'İı', 'ﬁ', '¡', '', '', '
', '\\');
INSERT INTO by_text VALUES ('鍵', 4);
INSERT INTO by_latin VALUES ('é', 1), ('É', 2), ('', 3);
UPDATE c SET u4 = CONCAT(u4, '…'), l = UPPER(l), g = CONCAT(g, '吗') WHERE id IN (1, 5);
UPDATE by_text SET v = v + 1;
UPDATE by_latin SET v = 9 WHERE k = 'é';
DELETE FROM by_text WHERE k = '键';
DELETE FROM c WHERE id = 2;
