-- Rows that triggers write are rows of the same statement.
CREATE TABLE t (id INT PRIMARY KEY, v INT, touched INT DEFAULT 0);
CREATE TABLE history (id INT AUTO_INCREMENT PRIMARY KEY, what VARCHAR(10), t_id INT, v INT);
CREATE TRIGGER t_bu BEFORE UPDATE ON t FOR EACH ROW SET NEW.touched = OLD.touched + 1;
CREATE TRIGGER t_ai AFTER INSERT ON t FOR EACH ROW INSERT INTO history (what, t_id, v) VALUES ('insert', NEW.id, NEW.v);
CREATE TRIGGER t_au AFTER UPDATE ON t FOR EACH ROW INSERT INTO history (what, t_id, v) VALUES ('update', NEW.id, NEW.v);
CREATE TRIGGER t_ad AFTER DELETE ON t FOR EACH ROW INSERT INTO history (what, t_id, v) VALUES ('delete', OLD.id, OLD.v);
INSERT INTO t (id, v) VALUES (1, 1);
-- live
INSERT INTO t (id, v) VALUES (2, 2), (3, 3);
UPDATE t SET v = v * 2;
DROP TRIGGER t_au;
UPDATE t SET v = 0 WHERE id = 1;
DELETE FROM t WHERE id = 2;
