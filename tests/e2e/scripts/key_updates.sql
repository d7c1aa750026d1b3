-- A changed key is a delete of the old and an insert of the new one, also in a swap within one statement.
CREATE TABLE k (id INT PRIMARY KEY, v VARCHAR(10));
CREATE TABLE pair (a INT, b INT, v INT, PRIMARY KEY (a, b));
INSERT INTO k VALUES (1, 'one'), (2, 'two'), (3, 'three');
-- live
UPDATE k SET id = 10 WHERE id = 1;
UPDATE k SET id = id + 100 ORDER BY id DESC;
UPDATE k SET id = 5, v = 'five' WHERE id = 102;
INSERT INTO pair VALUES (1, 1, 1), (1, 2, 2);
UPDATE pair SET b = b + 1 ORDER BY b DESC;
UPDATE pair SET v = v + 1 WHERE a = 1;
