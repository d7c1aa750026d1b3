-- Keys of several columns and types, in an order other than the columns', and a unique key in place of a primary one.
CREATE TABLE c (v INT, b VARCHAR(10), a INT, d DATE, PRIMARY KEY (a, d, b));
CREATE TABLE u (id INT NOT NULL, code CHAR(3) NOT NULL, note VARCHAR(20), UNIQUE KEY by_code (code, id));
INSERT INTO c VALUES (1, 'x', 1, '2024-01-01'), (2, 'y', 1, '2024-01-01'), (3, 'x', -1, '2024-01-01'), (4, '', 1, '2024-01-02');
INSERT INTO u VALUES (1, 'abc', 'one'), (1, 'abd', 'two');
-- live
INSERT INTO c VALUES (5, '"', 2, '9999-12-31'), (6, '\\', 2, '9999-12-31');
UPDATE c SET v = v * 10 WHERE a = 1;
UPDATE u SET note = NULL WHERE code = 'abc';
INSERT INTO u VALUES (2, 'abc', 'three');
DELETE FROM c WHERE b = 'x';
DELETE FROM u WHERE id = 1 AND code = 'abd';
