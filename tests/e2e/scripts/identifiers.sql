-- ANSI quotes, key words, spaces, quotes, backticks, Unicode and upper case as names of tables and columns.
SET sql_mode = 'ANSI_QUOTES';
CREATE TABLE "select" ("from" INT PRIMARY KEY, "where is it" INT, "a`tick" INT, "dou""ble" INT, "emoji ☃" INT, "DROP" INT);
SET sql_mode = '';
CREATE TABLE `Größe` (`schlüssel` VARCHAR(10) PRIMARY KEY, `$dollar$` INT, `tab	tab` INT, `UPPER` INT, `1` INT);
INSERT INTO `Größe` VALUES ('ä', 1, 1, 1, 1);
-- live
SET sql_mode = 'ANSI_QUOTES';
INSERT INTO "select" ("from", "where is it", "a`tick", "dou""ble", "emoji ☃", "DROP") VALUES (1, 2, 3, 4, 5, 6);
ALTER TABLE "select" ADD COLUMN "group" VARCHAR(10) DEFAULT 'it"s' AFTER "from";
UPDATE "select" SET "group" = 'x';
SET sql_mode = '';
UPDATE `Größe` SET `$dollar$` = 2, `UPPER` = 3;
CREATE TABLE `sp ace` (`key` INT PRIMARY KEY);
INSERT INTO `sp ace` VALUES (1);
