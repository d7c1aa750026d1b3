-- Foreign keys that cascade: MariaDB does not log what they change, so that the child's records say less than the table.
-- diverges: child
CREATE TABLE parent (id INT PRIMARY KEY, v INT);
CREATE TABLE child (id INT PRIMARY KEY, parent_id INT, FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE);
INSERT INTO parent VALUES (1, 1), (2, 2);
INSERT INTO child VALUES (10, 1), (20, 2);
-- live
DELETE FROM parent WHERE id = 1;
INSERT INTO child VALUES (21, 2);
