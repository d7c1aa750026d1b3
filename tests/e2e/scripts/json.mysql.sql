-- MySQL's binary JSON: exact numbers, big integers, decimals, dates, depth, large documents, partial updates off.
CREATE TABLE j (id INT PRIMARY KEY, v JSON);
INSERT INTO j VALUES (1, 'null'), (2, NULL), (3, 'true'), (4, '"text \\"quoted\\" ☃ 😀"'), (5, '[]'), (6, '{}'), (7, '""'), (8, '0'), (9, '-0.0');
-- live
INSERT INTO j VALUES (10, '[127, 128, 255, 256, 32767, 32768, 65535, 65536, 2147483647, 2147483648, 4294967295, 4294967296, -32769, -2147483649]'),
  (11, '[9223372036854775807, 9223372036854775808, 18446744073709551615, -9223372036854775808]'), (12, '[18446744073709551616, 1.5, 0.1, 1e100, 1e-7, 123456789.125, 1e15, 1e16, 123456789012345680.0, 1e-5, 5.0, -1e-300, 4.9e-324, 1e22]'),
  (13, '{"b": 1, "a": 2, "aa": 3, "": 4, "é": [null, true, false]}'), (14, JSON_ARRAY(CAST(-0.5 AS DECIMAL(2,1)), CAST(12345678901234567890.123456789 AS DECIMAL(40,9)))),
  (15, JSON_ARRAY(CAST('-12:34:56.000001' AS TIME(6)), CAST('2024-02-29' AS DATE), CAST('2024-02-29 01:02:03.5' AS DATETIME(1)))),
  (16, JSON_OBJECT('long', REPEAT('x', 70000), 'n', 70000, 'm', 1)), (17, '"control \\u0000 \\u001f \\n \\t / \\\\"');
SET @deep = REPEAT('[', 99), @end = REPEAT(']', 99);
INSERT INTO j VALUES (18, CONCAT(@deep, '{"k": 1}', @end));
INSERT INTO j VALUES (19, '{"a": 1, "b": [1, 2, 3], "c": {"d": "e"}}');
UPDATE j SET v = JSON_SET(v, '$.a', 2) WHERE id = 19;
UPDATE j SET v = JSON_REMOVE(v, '$.b[1]') WHERE id = 19;
UPDATE j SET v = JSON_REPLACE(v, '$.c.d', REPEAT('y', 100)) WHERE id = 19;
UPDATE j SET v = '[1]' WHERE id IN (1, 2, 5);
DELETE FROM j WHERE id = 3;
ALTER TABLE j ADD COLUMN w JSON;
UPDATE j SET w = v;
