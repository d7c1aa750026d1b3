-- Foreign keys that cascade: MySQL logs what they change (9.6 and later).
CREATE TABLE parent (id INT PRIMARY KEY, v INT);
CREATE TABLE child (id INT PRIMARY KEY, parent_id INT, FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE loose (id INT PRIMARY KEY, parent_id INT, FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE SET NULL);
INSERT INTO parent VALUES (1, 1), (2, 2), (3, 3);
INSERT INTO child VALUES (10, 1), (11, 1), (20, 2), (30, 3);
INSERT INTO loose VALUES (100, 2), (101, 1);
-- live
DELETE FROM parent WHERE id = 1;
DELETE FROM loose WHERE id = 100;
UPDATE parent SET id = 22 WHERE id = 2;
START TRANSACTION;
DELETE FROM parent WHERE id = 3;
ROLLBACK;
