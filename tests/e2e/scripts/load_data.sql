-- LOAD DATA writes row events like any other statement.
SET GLOBAL local_infile = ON;
CREATE TABLE l (id INT PRIMARY KEY, name VARCHAR(20), amount DECIMAL(10,2));
-- live
LOAD DATA LOCAL INFILE '$folder$/load_data.csv' INTO TABLE l FIELDS TERMINATED BY ',' (id, name, amount);
LOAD DATA LOCAL INFILE '$folder$/load_data.csv' REPLACE INTO TABLE l FIELDS TERMINATED BY ',' (id, name, @cents) SET amount = @cents * 100;
