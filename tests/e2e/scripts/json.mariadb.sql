-- MariaDB's JSON is text with a check: what was written comes out.
CREATE TABLE j (id INT PRIMARY KEY, v JSON);
INSERT INTO j VALUES (1, 'null'), (2, NULL), (3, '{"b":1,"a" : 2, "a": 3}');
-- live
INSERT INTO j VALUES (4, '[1.50, 1e2, 18446744073709551616]'), (5, '"☃ \\u2603"'), (6, JSON_OBJECT('k', 1));
UPDATE j SET v = JSON_SET(v, '$.b', 'x') WHERE id = 3;
DELETE FROM j WHERE id = 1;
