-- Transactions over several tables, statements over two tables, interleaved rows.
CREATE TABLE account (id INT PRIMARY KEY, cents BIGINT NOT NULL);
CREATE TABLE entry (id INT AUTO_INCREMENT PRIMARY KEY, account_id INT, cents BIGINT);
CREATE TABLE audit (id INT AUTO_INCREMENT PRIMARY KEY, what VARCHAR(40));
INSERT INTO account VALUES (1, 1000), (2, 0), (3, 500);
-- live
START TRANSACTION;
UPDATE account SET cents = cents - 100 WHERE id = 1;
INSERT INTO entry (account_id, cents) VALUES (1, -100);
UPDATE account SET cents = cents + 100 WHERE id = 2;
INSERT INTO entry (account_id, cents) VALUES (2, 100);
INSERT INTO audit (what) VALUES ('moved 100');
COMMIT;
UPDATE account, entry SET account.cents = account.cents + 1, entry.cents = entry.cents + 1 WHERE account.id = entry.account_id;
START TRANSACTION;
INSERT INTO entry (account_id, cents) SELECT id, cents FROM account;
DELETE account, entry FROM account JOIN entry ON account.id = entry.account_id WHERE account.id = 3;
COMMIT;
