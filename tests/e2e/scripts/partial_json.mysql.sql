-- Partial updates of JSON columns: what the log has as a difference comes out as the whole document.
CREATE TABLE j (id INT PRIMARY KEY, a JSON, n INT, b JSON);
INSERT INTO j VALUES (1, CONCAT('{"a": 1, "b": [1, 2, 3], "pad": "', REPEAT('p', 300), '"}'), 0, CONCAT('{"x": {"y": "z"}, "pad": "', REPEAT('q', 300), '"}'));
-- live
SET binlog_row_value_options = 'PARTIAL_JSON';
UPDATE j SET a = JSON_SET(a, '$.a', 2);
UPDATE j SET a = JSON_REMOVE(a, '$.b[1]'), n = 1;
UPDATE j SET b = JSON_SET(b, '$.x.y', 'longer than before', '$.x.new', JSON_ARRAY(1, 2.50, TRUE));
UPDATE j SET a = JSON_REPLACE(a, '$.b[0]', CAST(18446744073709551615 AS UNSIGNED)), b = JSON_REMOVE(b, '$.x');
UPDATE j SET a = '{}';
UPDATE j SET n = 2;
