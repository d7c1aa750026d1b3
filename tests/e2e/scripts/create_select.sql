-- CREATE TABLE … SELECT and … LIKE: the new table's columns are known before its rows.
CREATE TABLE origin (id INT PRIMARY KEY, name VARCHAR(20), price DECIMAL(8,2));
INSERT INTO origin VALUES (1, 'one', 1.10), (2, 'twö', 2.20);
-- live
CREATE TABLE copied (PRIMARY KEY (id)) AS SELECT id, name, price * 2 AS twice, NOW() > '2000-01-01' AS recent FROM origin;
UPDATE copied SET twice = 0 WHERE id = 1;
CREATE TABLE shaped LIKE origin;
INSERT INTO shaped SELECT * FROM origin;
CREATE TABLE empty_copy (PRIMARY KEY (id)) AS SELECT * FROM origin WHERE FALSE;
INSERT INTO empty_copy VALUES (3, 'three', 3.30);
RENAME TABLE shaped TO renamed;
UPDATE renamed SET price = price + 1 WHERE id = 2;
