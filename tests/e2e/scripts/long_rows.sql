-- A row of 17 MiB is one event of several packets and one record; its neighbours stay in order.
CREATE TABLE l (id INT PRIMARY KEY, a LONGTEXT, b LONGBLOB);
INSERT INTO l VALUES (1, 'short', x'00');
-- live
INSERT INTO l VALUES (2, REPEAT('abcdefghij', 1782580), x'01');
UPDATE l SET b = REPEAT('z', 300000) WHERE id = 1;
INSERT INTO l VALUES (3, NULL, NULL);
